package io.peerscope.ingest.line;

import io.peerscope.ingest.http.Parameters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code GET} and {@code HEAD /ping}: how clients of version 1 look whether somebody is there. Needs no credential. */
public final class PingRoute {
    public static final String PATH = "/ping";
    private static final int ORDER = -3;

    public void register(Router router) {
        router.route(PATH)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(ORDER)
                .handler(PingRoute::answer);
    }

    private static void answer(RoutingContext context) {
        context.response()
                .putHeader(LineAnswer.VERSION_HEADER, LineAnswer.VERSION)
                .putHeader("X-Influxdb-Build", "peerscope");
        String verbose = Parameters.find(context.request(), "verbose").orElse("");
        if (verbose.isEmpty() || verbose.equals("false") || verbose.equals("0")) {
            context.response().setStatusCode(204).end();
        } else {
            context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end("{\"version\":\"" + LineAnswer.VERSION + "\"}");
        }
    }
}
