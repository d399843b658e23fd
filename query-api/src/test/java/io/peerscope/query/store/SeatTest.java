package io.peerscope.query.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SeatTest {
    private static final String END_THE_HOLDER = "select pg_terminate_backend(pid) from pg_locks"
            + " where locktype = 'advisory' and granted and pid <> pg_backend_pid()"
            + " and database = (select oid from pg_database where datname = current_database())";

    @RegisterExtension
    final FreshDatabase database = FreshDatabase.plain();

    @Test
    void whoCameFirstKeepsItUntilItLeaves() {
        try (Seat one = new Seat(database.get(), "job");
                Seat other = new Seat(database.get(), "job");
                Seat another = new Seat(database.get(), "another job")) {
            assertThat(one.taken()).isTrue();
            assertThat(other.taken()).isFalse();
            assertThat(another.taken()).isTrue();
            assertThat(one.taken()).as("asked again").isTrue();
            one.close();
            assertThat(other.taken()).isTrue();
            assertThat(one.taken()).isFalse();
        }
    }

    @Test
    void whoseConnectionEndsHasLostIt() throws SQLException {
        try (Seat one = new Seat(database.get(), "job");
                Seat other = new Seat(database.get(), "job")) {
            assertThat(one.taken()).isTrue();
            try (Connection connection = database.get().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(END_THE_HOLDER);
            }
            assertThat(other.taken()).isTrue();
            assertThat(one.taken()).isFalse();
            other.close();
            assertThat(one.taken()).as("free again").isTrue();
        }
    }
}
