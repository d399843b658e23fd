package io.peerscope.ingest.admission;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import java.util.List;

/** A body is not what its door takes. Without a stack trace: it is the sender's fault, and he may send many. */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String detail;
    private final transient List<Problem.Detail> errors;

    public UndecodableException(ErrorCode code, String detail) {
        this(code, detail, List.of());
    }

    /** @param errors where it is wrong, if there is more to say than the detail says */
    public UndecodableException(ErrorCode code, String detail, List<Problem.Detail> errors) {
        super(detail, null, false, false);
        this.code = code;
        this.detail = detail;
        this.errors = errors;
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    public List<Problem.Detail> errors() {
        return errors;
    }
}
