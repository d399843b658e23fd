package io.peerscope.ingest.admission;

import io.peerscope.contracts.problem.ErrorCode;

/** A point, an event, or the batch cannot be taken. No stack trace, since a batch may have thousands. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String detail;

    public RefusedException(ErrorCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.detail = detail;
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return detail;
    }
}
