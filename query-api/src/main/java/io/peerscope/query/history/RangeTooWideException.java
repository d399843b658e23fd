package io.peerscope.query.history;

/** The answer would need too much reading; the message says what the limit is. */
public final class RangeTooWideException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean notKept;

    public RangeTooWideException(String message) {
        this(message, false);
    }

    private RangeTooWideException(String message, boolean notKept) {
        super(message);
        this.notKept = notKept;
    }

    static RangeTooWideException notKept(String message) {
        return new RangeTooWideException(message, true);
    }

    /** Whether it is not too much, but reaches further back than anything that is kept. */
    public boolean notKept() {
        return notKept;
    }
}
