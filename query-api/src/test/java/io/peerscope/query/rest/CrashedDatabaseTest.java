package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The database crashed and is there again: connections to the one before are in the pools, and nobody is handed them. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
@SuppressWarnings("NullAway.Init") // Quarkus fills the fields
class CrashedDatabaseTest extends RunningApi {
    private static final int OF_EACH = 6;
    private static final int REQUESTS = 20;
    /** Idle for longer than the pools hand connections out unasked. */
    private static final String IDLE = " from pg_stat_activity where application_name like 'peerscope-query-api%'"
            + " and state = 'idle' and state_change < now() - interval '700 milliseconds'";

    @Inject
    javax.sql.DataSource database;

    @Inject
    @DataSource("reading")
    javax.sql.DataSource reading;

    @Test
    void noAnswerSuffersFromConnectionsToTheOneBefore() throws SQLException {
        fill(database);
        fill(reading);
        await().until(() -> number("select count(*)" + IDLE) >= OF_EACH);
        assertThat(number("select count(pg_terminate_backend(pid))" + IDLE)).isPositive();
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(api.get("/api/v1/audit", as(admin)).status()).isEqualTo(200);
            assertThat(api.get("/api/v1/alerts", as(admin)).status()).isEqualTo(200);
        }
        fill(database);
        fill(reading);
    }

    private static void fill(javax.sql.DataSource pool) throws SQLException {
        List<Connection> open = new ArrayList<>();
        for (int i = 0; i < OF_EACH; i++) {
            Connection connection = pool.getConnection();
            open.add(connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute("select 1");
            }
        }
        for (Connection connection : open) {
            connection.close();
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
