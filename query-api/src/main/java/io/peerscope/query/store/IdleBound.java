package io.peerscope.query.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Ends a transaction whose process stopped or was cut off between two statements, with what it holds locked. Set by those
 * that store and build; not for all connections, since Flyway keeps one idle for as long as a migration takes.
 */
public final class IdleBound {
    /** Part of a select; holds until the transaction ends. */
    public static final String SETTING = "set_config('idle_in_transaction_session_timeout', '15s', true)";

    private IdleBound() {}

    static void set(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select " + SETTING);
        }
    }
}
