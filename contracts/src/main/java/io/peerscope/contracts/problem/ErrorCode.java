package io.peerscope.contracts.problem;

import java.util.Locale;

/** The closed list of machine-readable reasons, with the HTTP status each has when it is the whole answer. */
public enum ErrorCode {
    MALFORMED(400, "The body cannot be read"),
    UNKNOWN_FIELD(400, "The request has a field that does not exist"),
    MISSING_FIELD(400, "A required field is missing"),
    BAD_PARAMETER(400, "A parameter or field has a wrong value"),
    BAD_NAME(400, "A name is not allowed"),
    BAD_VALUE(400, "A value is not a finite number or is out of its range"),
    BAD_TIMESTAMP(400, "A timestamp cannot be read"),
    TOO_OLD(400, "A timestamp is too far in the past"),
    TOO_NEW(400, "A timestamp is too far in the future"),
    CARDINALITY_EXCEEDED(400, "The host's budget of series is used up"),
    RANGE_TOO_WIDE(400, "The query would read too much"),
    RULE_INVALID(400, "The rule cannot work"),
    UNAUTHENTICATED(401, "A valid credential is needed"),
    SECOND_FACTOR_REQUIRED(401, "A code of the second factor is needed, too"),
    SECOND_FACTOR_SETUP_REQUIRED(401, "A second factor has to be set up first"),
    FORBIDDEN(403, "The credential does not allow this"),
    HOST_MISMATCH(403, "The token belongs to another host"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "This address does not take that method"),
    NOT_ACCEPTABLE(406, "No form that the request accepts can be answered"),
    CONFLICT(409, "It exists already or has changed meanwhile"),
    PRECONDITION_FAILED(412, "It is not what the request takes it to be"),
    BODY_TOO_LARGE(413, "The body is too large"),
    TOO_MANY_POINTS(413, "The batch has too many points"),
    UNSUPPORTED_MEDIA_TYPE(415, "This content type or encoding is not understood"),
    QUOTA_EXCEEDED(429, "The sender is over its quota"),
    INTERNAL(500, "Something failed on our side"),
    OVERLOADED(503, "There is too much to do at the moment"),
    KAFKA_UNAVAILABLE(503, "Kafka cannot be reached"),
    DATABASE_UNAVAILABLE(503, "The database cannot be reached"),
    LOGIN_PROVIDER_UNAVAILABLE(503, "The login provider cannot be reached"),
    NOT_YET_CONSISTENT(503, "What was acknowledged is not visible yet");

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** As it stands in the {@code code} field: {@code bad_name}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
