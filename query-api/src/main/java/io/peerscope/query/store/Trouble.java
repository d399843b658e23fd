package io.peerscope.query.store;

import java.sql.SQLException;

/** What a failed statement means for its caller. */
public enum Trouble {
    /** A row with this key is there already. */
    DUPLICATE,
    /** The database will never take these values. */
    REFUSED,
    /** The statement took longer than it may. */
    TOO_SLOW,
    /** The database is away, full, restarting or busy; the same may work later. */
    UNAVAILABLE;

    /** Driver and server error codes stay in here. */
    public static Trouble of(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.equals("23505")) {
            return DUPLICATE;
        }
        if (state.equals("57014")) {
            return TOO_SLOW;
        }
        // 22 data exception, 23 constraint, 54 a limit such as row or index size
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54") ? REFUSED : UNAVAILABLE;
    }
}
