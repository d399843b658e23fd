package io.peerscope.query.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** Reads that may turn out to be long: they see one state of the database and are stopped in time. */
final class Reading {
    private Reading() {}

    /** What is read. */
    @FunctionalInterface
    interface Work<T> {
        T read(Connection connection) throws SQLException;
    }

    static <T> T limited(DataSource database, Duration longest, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement limit = connection.createStatement()) {
                // At once, so that it is one way to the database and back. Answers are small; compiling them would take
                // longer than running them.
                limit.execute(
                        "set transaction isolation level repeatable read, read only; set local statement_timeout = "
                                + longest.toMillis() + "; set local jit = off");
                return work.read(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
