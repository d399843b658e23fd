package io.peerscope.query.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A standing job that one of several instances has: it keeps the seat, an advisory lock of a connection of its own, until it
 * closes, its process ends, or nothing was heard of it for five minutes. Then another one that asks gets it.
 */
public final class Seat implements AutoCloseable {
    /** A process that stopped must not keep the seat for as long as its connection stands. */
    private static final String BOUND = "set idle_session_timeout = '5min'";

    private final DataSource database;
    private final String what;
    private @Nullable Connection held;

    /** @param what the job, the same for all instances */
    public Seat(DataSource database, String what) {
        this.database = database;
        this.what = what;
    }

    /**
     * Whether the job is this instance's, which takes it if nobody has it. Who works for longer asks again from time to time.
     *
     * @throws StoreException where the database does not say
     */
    public synchronized boolean taken() {
        if (held != null && answers(held)) {
            return true;
        }
        leave();
        try {
            Connection connection = database.getConnection();
            boolean ours = false;
            try {
                ours = lock(connection, "pg_try_advisory_lock");
                if (ours) {
                    execute(connection, BOUND);
                    held = connection;
                }
            } finally {
                if (held != connection) {
                    giveBack(connection, ours);
                }
            }
            return ours;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** The lock is the session's: while that answers, nobody else has it. */
    private static boolean answers(Connection connection) {
        try {
            execute(connection, "select 1");
            return true;
        } catch (SQLException gone) {
            return false;
        }
    }

    private boolean lock(Connection connection, String call) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select " + call + "(hashtextextended(?, 0))")) {
            lock.setString(1, "seat " + what);
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void giveBack(Connection connection, boolean locked) {
        try (connection) {
            if (locked) {
                execute(connection, "reset idle_session_timeout");
                lock(connection, "pg_advisory_unlock");
            }
        } catch (SQLException gone) {
            // with the connection goes the lock
        }
    }

    private void leave() {
        Connection left = held;
        held = null;
        if (left != null) {
            giveBack(left, true);
        }
    }

    /** Leaves it to others. */
    @Override
    public synchronized void close() {
        leave();
    }
}
