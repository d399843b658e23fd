package io.peerscope.gateway.page;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** Error answers as {@code application/problem+json}. */
public final class Problems {
    private Problems() {}

    public static void send(RoutingContext exchange, ErrorCode code, String detail) {
        send(exchange, code.status(), code, detail);
    }

    /** With a status of its own, where the code's usual one does not fit HTTP's rules for the case. */
    public static void send(RoutingContext exchange, int status, ErrorCode code, String detail) {
        exchange.response()
                .setStatusCode(status)
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(Json.encode(Problem.of(code, detail))));
    }
}
