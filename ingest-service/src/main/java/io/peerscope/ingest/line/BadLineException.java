package io.peerscope.ingest.line;

/** A line is not what it should be. Never leaves this package; no stack trace, since a body may have thousands. */
final class BadLineException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    BadLineException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
