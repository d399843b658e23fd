package io.peerscope.query.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.contracts.rule.RuleInvalidException;
import io.peerscope.foundation.kafka.KafkaUnavailableException;
import io.peerscope.query.control.InvalidDocumentException;
import io.peerscope.query.history.RangeTooWideException;
import io.peerscope.query.history.UnknownWordException;
import io.peerscope.query.store.StoreException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure as {@code application/problem+json}: what the caller did wrong, or that it is us, and never how. */
@Singleton
final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final Duration SOON = Duration.ofSeconds(2);

    private final AllowedMethods allowed;

    Problems(AllowedMethods allowed) {
        this.allowed = allowed;
    }

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        Response.ResponseBuilder answer = answer(e.problem());
        e.retryAfter()
                .ifPresent(after -> answer.header(
                        HttpHeaders.RETRY_AFTER,
                        Math.max(1, after.plusMillis(999).toSeconds())));
        return answer.build();
    }

    @ServerExceptionMapper
    Response rule(RuleInvalidException e) {
        return faults(ErrorCode.RULE_INVALID, e.faults());
    }

    @ServerExceptionMapper
    Response document(InvalidDocumentException e) {
        return faults(ErrorCode.BAD_PARAMETER, e.faults());
    }

    private static Response faults(ErrorCode usual, List<Problem.Detail> faults) {
        List<Problem.Detail> ofFields = faults.stream()
                .filter(fault -> fault.field() != null && !fault.field().isEmpty())
                .toList();
        return answer(Problem.of(code(usual, faults), Problem.summaryOf(faults), ofFields))
                .build();
    }

    /** A field that does not exist decides: it is often why another one is missed. */
    private static ErrorCode code(ErrorCode usual, List<Problem.Detail> faults) {
        Set<String> words = faults.stream().map(Problem.Detail::code).collect(Collectors.toSet());
        if (words.contains(ErrorCode.UNKNOWN_FIELD.word())) {
            return ErrorCode.UNKNOWN_FIELD;
        }
        if (words.equals(Set.of(ErrorCode.MALFORMED.word()))) {
            return ErrorCode.MALFORMED;
        }
        return usual;
    }

    @ServerExceptionMapper
    Response unknownWord(UnknownWordException e) {
        return problem(Query.wrong(e.parameter(), "one of " + String.join(", ", e.known())));
    }

    @ServerExceptionMapper
    Response tooWide(RangeTooWideException e) {
        return answer(Problem.of(ErrorCode.RANGE_TOO_WIDE, String.valueOf(e.getMessage())))
                .build();
    }

    @ServerExceptionMapper
    Response store(StoreException e) {
        return switch (e.trouble()) {
            case TOO_SLOW ->
                answer(Problem.of(
                                ErrorCode.RANGE_TOO_WIDE,
                                "the query took too long and was stopped; ask for fewer hosts or a shorter time"))
                        .build();
            case REFUSED ->
                answer(Problem.of(ErrorCode.BAD_PARAMETER, "a value cannot be stored or searched for"))
                        .build();
            case DUPLICATE ->
                answer(Problem.of(ErrorCode.CONFLICT, "it exists already")).build();
            case UNAVAILABLE -> {
                LOG.warnf("the database does not answer: %s", e.getMessage());
                yield problem(ProblemException.later(
                        ErrorCode.DATABASE_UNAVAILABLE, "the database cannot be reached at the moment", SOON));
            }
        };
    }

    @ServerExceptionMapper
    Response kafka(KafkaUnavailableException e) {
        LOG.warnf("Kafka does not answer: %s", e.getMessage());
        return problem(
                ProblemException.later(ErrorCode.KAFKA_UNAVAILABLE, "Kafka cannot be reached at the moment", SOON));
    }

    @ServerExceptionMapper
    Response json(MismatchedInputException e) {
        return malformed(e);
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e, UriInfo uri) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return malformed(json);
        }
        ErrorCode code =
                switch (e.getResponse().getStatus()) {
                    case 401 -> ErrorCode.UNAUTHENTICATED;
                    case 403 -> ErrorCode.FORBIDDEN;
                    case 404 -> ErrorCode.NOT_FOUND;
                    case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
                    case 406 -> ErrorCode.NOT_ACCEPTABLE;
                    case 413 -> ErrorCode.BODY_TOO_LARGE;
                    case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
                    case 400 -> ErrorCode.BAD_PARAMETER;
                    default -> ErrorCode.INTERNAL;
                };
        Response.ResponseBuilder answer = answer(Problem.of(code, code.title()));
        if (code == ErrorCode.METHOD_NOT_ALLOWED) {
            answer.header(
                    HttpHeaders.ALLOW,
                    String.join(", ", allowed.at(uri.getRequestUri().getPath())));
        }
        return answer.build();
    }

    @ServerExceptionMapper
    Response unforeseen(Throwable e) {
        String id = UUID.randomUUID().toString();
        LOG.errorf(e, "request failed, error %s", id);
        return answer(Problem.of(ErrorCode.INTERNAL, "something failed on our side; the log has it as " + id))
                .build();
    }

    static Response malformed(JsonProcessingException e) {
        String field = e instanceof JsonMappingException mapping ? path(mapping) : "";
        if (e instanceof UnrecognizedPropertyException unknown) {
            String known = unknown.getKnownPropertyIds() == null
                    ? ""
                    : unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "));
            return answer(ProblemException.field(field, ErrorCode.UNKNOWN_FIELD, "no such field; there are " + known)
                            .problem())
                    .build();
        }
        String detail = field.isEmpty() ? "not JSON of the wanted form" : "has a wrong type";
        Problem problem = field.isEmpty()
                ? Problem.of(ErrorCode.MALFORMED, detail)
                : Problem.of(
                        ErrorCode.MALFORMED,
                        field + " " + detail,
                        List.of(Problem.Detail.of(field, ErrorCode.MALFORMED, detail)));
        return answer(problem).build();
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    /** As bytes, so that it does not depend on what the caller accepts. */
    private static Response.ResponseBuilder answer(Problem problem) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(Json.encode(problem));
        return problem.status() == ErrorCode.UNAUTHENTICATED.status()
                ? answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                : answer;
    }
}
