package io.peerscope.ingest.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.ingest.intake.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/** The intake's replies in the native format: JSON, and problems of RFC 9457. */
final class Answer {
    private static final String NO_STORE = "no-store";

    private record Accepted(
            int accepted,
            int rejected,
            boolean duplicate,
            String receipt,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Problem.Detail> errors) {}

    private Answer() {}

    static void write(HttpServerResponse response, Reply reply) {
        switch (reply) {
            case Reply.Accepted a -> {
                response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
                byte[] body =
                        Json.encode(new Accepted(a.accepted(), a.rejected(), a.duplicate(), a.receipt(), a.errors()));
                end(response, body);
            }
            case Reply.Refused r -> problem(response, Problem.of(r.code(), r.detail(), r.errors()), r.code());
        }
    }

    private static void problem(HttpServerResponse response, Problem problem, ErrorCode code) {
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (code.status() == 503 || code.status() == 429) {
            response.putHeader(HttpHeaders.RETRY_AFTER, code == ErrorCode.OVERLOADED ? "1" : "2");
        }
        if (code.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer realm=\"peerscope\"");
        }
        if (code.status() == 405) {
            response.putHeader(HttpHeaders.ALLOW, "POST");
        }
        end(response, Json.encode(problem));
    }

    private static void end(HttpServerResponse response, byte[] body) {
        response.putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE).end(Buffer.buffer(body));
    }
}
