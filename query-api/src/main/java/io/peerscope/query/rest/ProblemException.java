package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Ends a request with an error answer. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient List<Problem.Detail> errors;
    private final transient Optional<Duration> retryAfter;

    private ProblemException(
            ErrorCode code, String detail, List<Problem.Detail> errors, Optional<Duration> retryAfter) {
        super(detail);
        this.code = code;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    ProblemException(ErrorCode code, String detail) {
        this(code, detail, List.of(), Optional.empty());
    }

    ProblemException(ErrorCode code, String detail, List<Problem.Detail> errors) {
        this(code, detail, errors, Optional.empty());
    }

    static ProblemException later(ErrorCode code, String detail, Duration retryAfter) {
        return new ProblemException(code, detail, List.of(), Optional.of(retryAfter));
    }

    /** One field or parameter with a wrong value. */
    static ProblemException field(String name, ErrorCode code, String detail) {
        return new ProblemException(code, name + ": " + detail, List.of(Problem.Detail.of(name, code, detail)));
    }

    static ProblemException notFound(String what, String id) {
        return new ProblemException(ErrorCode.NOT_FOUND, "there is no " + what + " " + id);
    }

    Problem problem() {
        return Problem.of(code, String.valueOf(getMessage()), errors);
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
