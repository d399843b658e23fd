package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two who are after the same account at once. A lock of the test's own holds one of them where the other overtakes. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
@SuppressWarnings("NullAway.Init") // Quarkus fills the fields
class ChangedMeanwhileApiTest extends RunningApi {
    private static final String PASSWORD = "correct horse";

    @Inject
    DataSource database;

    private final String name = "m" + UUID.randomUUID().toString().substring(0, 8);
    private final String path = "/api/v1/users/" + name;

    /** Whoever expects to be shut out only has to log in all the time. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"disabled\":true}", "{\"role\":\"viewer\"}", "{\"password\":\"another horse\"}"})
    void whoIsShutOutWhileHisPasswordIsJudgedStaysOut(String change) throws Exception {
        aUser();
        try (Connection lock = database.getConnection();
                ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            lock.setAutoCommit(false);
            execute(lock, "lock table second_factor in access exclusive mode");
            Future<Api.Answer> login = other.submit(this::login);
            awaitStopped("%from second_factor%");
            assertThat(api.send("PATCH", path, change, as(admin)).status()).isEqualTo(200);
            lock.rollback();
            lock.setAutoCommit(true);

            assertThat(login.get().status()).as(login.get().text()).isEqualTo(401);
            assertThat(login.get().raw().headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(api.get(path + "/sessions", as(admin))
                            .json()
                            .path("total")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void oneAdminDoesNotUndoWhatAnotherDoes() throws Exception {
        aUser();
        try (Connection lock = database.getConnection();
                ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            lock.setAutoCommit(false);
            execute(lock, "update users set disabled = true where username = '" + name + "'");
            Future<Api.Answer> change = other.submit(() -> api.send("PATCH", path, "{\"role\":\"admin\"}", as(admin)));
            awaitStopped("%users%");
            lock.commit();
            lock.setAutoCommit(true);

            assertThat(change.get().status()).as(change.get().text()).isEqualTo(409);
            assertThat(login().status()).as("still disabled").isEqualTo(401);
        }
    }

    private void aUser() {
        String user = "{\"username\":\"%s\",\"password\":\"%s\",\"role\":\"operator\"}".formatted(name, PASSWORD);
        assertThat(api.send("POST", "/api/v1/users", user, as(admin)).status()).isEqualTo(201);
        assertThat(api.send("POST", "/api/v1/users", user, as(admin)).status()).isEqualTo(409);
    }

    private Api.Answer login() {
        return api.send(
                "POST",
                "/api/v1/session",
                "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD),
                "X-Forwarded-For",
                "198.51.100.250");
    }

    private void awaitStopped(String query) {
        await().until(() -> {
            try (Connection connection = database.getConnection();
                    PreparedStatement select = connection.prepareStatement("select from pg_stat_activity"
                            + " where wait_event_type = 'Lock' and query like ? and pid <> pg_backend_pid()")) {
                select.setString(1, query);
                try (ResultSet row = select.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
