package io.peerscope.ingest.admission;

import io.peerscope.contracts.problem.ErrorCode;

/** A point, or the batch, cannot be taken. Never leaves this package; no stack trace, since a batch may have thousands. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String detail;

    RefusedException(ErrorCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.detail = detail;
    }

    ErrorCode code() {
        return code;
    }

    String detail() {
        return detail;
    }
}
