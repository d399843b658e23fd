package io.peerscope.ingest.json;

import io.peerscope.contracts.problem.ErrorCode;

/** A body is not what its door takes. Without a stack trace: it is the sender's fault, and he may send many. */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String detail;

    public UndecodableException(ErrorCode code, String detail) {
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
