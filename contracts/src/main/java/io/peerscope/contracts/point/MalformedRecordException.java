package io.peerscope.contracts.point;

/** A record that cannot be what its topic promises. It goes to the dead letters with its coordinates. */
public final class MalformedRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedRecordException(String message) {
        super(message);
    }

    public MalformedRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
