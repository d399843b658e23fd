package io.peerscope.query.history;

/** The answer would need too much reading, or more than is kept; the message says what the limit is. */
public final class RangeTooWideException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RangeTooWideException(String message) {
        super(message);
    }
}
