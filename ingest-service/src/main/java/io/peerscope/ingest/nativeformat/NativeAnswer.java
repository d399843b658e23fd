package io.peerscope.ingest.nativeformat;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.ingest.intake.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/** The intake's replies in the native format: JSON, and problems of RFC 9457. */
public final class NativeAnswer {
    private static final int OK = 200;

    private record Accepted(
            int accepted,
            int rejected,
            boolean duplicate,
            String receipt,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Problem.Detail> errors) {}

    private NativeAnswer() {}

    static void write(HttpServerResponse response, Reply reply) {
        write(response, OK, reply);
    }

    /** @param taken the status that says that the request was taken */
    public static void write(HttpServerResponse response, int taken, Reply reply) {
        switch (reply) {
            case Reply.Accepted a -> {
                response.setStatusCode(taken).putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
                byte[] body =
                        Json.encode(new Accepted(a.accepted(), a.rejected(), a.duplicate(), a.receipt(), a.errors()));
                response.end(Buffer.buffer(body));
            }
            case Reply.Refused r -> problem(response, Problem.of(r.code(), r.detail(), r.errors()));
        }
    }

    private static void problem(HttpServerResponse response, Problem problem) {
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.end(Buffer.buffer(Json.encode(problem)));
    }
}
