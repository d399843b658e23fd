package io.peerscope.query.store;

import java.sql.SQLException;

/** A statement for a person's request failed. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Trouble trouble;

    public StoreException(SQLException cause) {
        super(String.valueOf(cause.getMessage()), cause);
        this.trouble = Trouble.of(cause);
    }

    public Trouble trouble() {
        return trouble;
    }
}
