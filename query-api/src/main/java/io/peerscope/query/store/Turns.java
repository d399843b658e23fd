package io.peerscope.query.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Work that one instance of several does at a time, by an advisory lock of the database. */
public final class Turns {
    /**
     * Whoever stops in the middle of a turn loses it, and who waits does so no longer than a person would. The lock ends with
     * the transaction, which does nothing else.
     */
    private static final String TAKE = "select set_config('idle_in_transaction_session_timeout', '60s', true),"
            + " set_config('lock_timeout', '10s', true), pg_advisory_xact_lock(hashtextextended(?, 0))";

    private final DataSource database;

    public Turns(DataSource database) {
        this.database = database;
    }

    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * Waits until nobody else does the same.
     *
     * @throws StoreException where the turn does not come, and nothing was done
     */
    public <T, E extends Exception> T alone(String what, Work<T, E> work) throws E {
        Connection held = take(what);
        try {
            return work.run();
        } finally {
            release(held);
        }
    }

    private Connection take(String what) {
        try {
            Connection connection = database.getConnection();
            try (PreparedStatement take = connection.prepareStatement(TAKE)) {
                connection.setAutoCommit(false);
                take.setString(1, "turn " + what);
                take.execute();
                return connection;
            } catch (SQLException e) {
                release(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** A connection that broke has given the lock back already, and what was done under it is done. */
    private static void release(Connection connection) {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException gone) {
            // nothing is left to give back
        }
    }
}
