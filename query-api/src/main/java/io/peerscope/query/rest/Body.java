package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What must not be missing from a request. */
final class Body {
    private Body() {}

    static <T> T present(@Nullable T body) {
        if (body == null) {
            throw new ProblemException(ErrorCode.MALFORMED, "a JSON body is needed");
        }
        return body;
    }

    static <T> T field(String name, @Nullable T value) {
        if (value == null) {
            throw ProblemException.field(name, ErrorCode.MISSING_FIELD, "is needed");
        }
        return value;
    }
}
