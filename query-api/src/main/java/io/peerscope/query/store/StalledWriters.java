package io.peerscope.query.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Ends connections of ours whose process was stopped or cut off in the middle of a COPY. The server knows no limit for how
 * long it waits for the rest of one, and what it holds locked keeps whoever has the partitions now from storing them. A process
 * that wakes up finds its transaction gone, as after any fault.
 */
public final class StalledWriters {
    private static final String END = """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and usename = current_user and pid <> pg_backend_pid()
              and application_name = current_setting('application_name') and state = 'active'
              and wait_event = 'ClientRead' and now() - state_change > ? * interval '1 millisecond'""";

    private final DataSource database;
    private final Duration after;

    /** @param after so long no living process keeps the server waiting in a transaction; above the driver's limit for one answer */
    public StalledWriters(DataSource database, Duration after) {
        this.database = database;
        this.after = after;
    }

    /** @return how many there were */
    public int end() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement end = connection.prepareStatement(END)) {
            end.setLong(1, after.toMillis());
            int ended = 0;
            try (ResultSet rows = end.executeQuery()) {
                while (rows.next()) {
                    ended++;
                }
            }
            return ended;
        }
    }
}
