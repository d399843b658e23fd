package io.peerscope.ingest.line;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.ingest.intake.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The intake's replies in InfluxDB's words. Clients look for some of them: Telegraf gives a batch up, and does not send it
 * for ever, where it reads {@code partial write}, {@code unable to parse} or {@code points beyond retention policy}.
 */
final class LineAnswer {
    /** Of the API, as InfluxDB counted it; clients parse it. */
    static final String VERSION = "1.8.0";

    static final String VERSION_HEADER = "X-Influxdb-Version";
    private static final int DESCRIBED = 5;
    private static final String UNABLE_TO_PARSE = "unable to parse";

    private record ErrorV1(String error) {}

    private record ErrorV2(
            String code,
            String message,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer line) {}

    private LineAnswer() {}

    static void write(LineApi api, HttpServerResponse response, Reply reply) {
        response.putHeader(VERSION_HEADER, VERSION);
        switch (reply) {
            case Reply.Accepted accepted -> {
                if (accepted.items().rejected() == 0) {
                    response.setStatusCode(204).end();
                } else {
                    partial(api, response, accepted);
                }
            }
            case Reply.Refused refused -> refuse(api, response, refused);
        }
    }

    private static void partial(LineApi api, HttpServerResponse response, Reply.Accepted reply) {
        Object body =
                switch (api) {
                    case V1 -> new ErrorV1(partialV1(reply.items(), reply.errors()));
                    case V2 -> partialV2(reply.items(), reply.errors());
                };
        end(response, 400, body);
    }

    private static String partialV1(Reply.Items items, List<Problem.Detail> errors) {
        return "partial write: %s dropped=%d".formatted(described(errors), items.rejected());
    }

    private static ErrorV2 partialV2(Reply.Items items, List<Problem.Detail> errors) {
        String message = "partial write error (%d written, %d rejected): %s"
                .formatted(items.kept(), items.rejected(), described(errors));
        return new ErrorV2("invalid", message, items.firstRejected() + 1);
    }

    private static void refuse(LineApi api, HttpServerResponse response, Reply.Refused reply) {
        if (reply.code() == ErrorCode.UNAUTHENTICATED && api == LineApi.V1) {
            response.putHeader("WWW-Authenticate", "Basic realm=\"peerscope\"");
        }
        Object body =
                switch (api) {
                    case V1 -> new ErrorV1(messageV1(reply));
                    case V2 -> aboutLines(reply) ? partialV2(reply.items(), reply.errors()) : wholeV2(reply);
                };
        end(response, reply.code().status(), body);
    }

    private static String messageV1(Reply.Refused reply) {
        if (reply.code() == ErrorCode.UNAUTHENTICATED) {
            return "authorization failed";
        }
        if (!aboutLines(reply)) {
            return reply.detail();
        }
        String first = detail(reply.errors().getFirst());
        return first.startsWith(UNABLE_TO_PARSE) ? first : partialV1(reply.items(), reply.errors());
    }

    private static ErrorV2 wholeV2(Reply.Refused reply) {
        String message = reply.code() == ErrorCode.UNAUTHENTICATED ? "unauthorized access" : reply.detail();
        return new ErrorV2(wordV2(reply.code()), message, null);
    }

    private static boolean aboutLines(Reply.Refused reply) {
        return reply.code().status() == 400
                && reply.items().rejected() > 0
                && !reply.errors().isEmpty();
    }

    private static String described(List<Problem.Detail> faults) {
        String first =
                faults.stream().limit(DESCRIBED).map(LineAnswer::lineAndDetail).collect(Collectors.joining("; "));
        return faults.size() > DESCRIBED ? first + "; and more" : first;
    }

    private static String lineAndDetail(Problem.Detail fault) {
        return fault.index() == null ? detail(fault) : "line " + (fault.index() + 1) + ": " + detail(fault);
    }

    private static String detail(Problem.Detail fault) {
        return fault.code().equals(ErrorCode.TOO_OLD.word())
                ? "points beyond retention policy: " + fault.detail()
                : fault.detail();
    }

    /** The closed list of version 2. */
    private static String wordV2(ErrorCode code) {
        return switch (code.status()) {
            case 401 -> "unauthorized";
            case 403 -> "forbidden";
            case 404 -> "not found";
            case 405 -> "method not allowed";
            case 413 -> "request too large";
            case 415 -> "unsupported media type";
            case 429 -> "too many requests";
            case 500 -> "internal error";
            case 503 -> "unavailable";
            default -> "invalid";
        };
    }

    private static void end(HttpServerResponse response, int status, Object body) {
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        response.end(Buffer.buffer(Json.encode(body)));
    }
}
