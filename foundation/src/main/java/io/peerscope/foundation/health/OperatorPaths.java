package io.peerscope.foundation.health;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The addresses that probes and scrapers know by habit, in every service: {@code /health} and {@code /q/metrics}. */
@ApplicationScoped
public class OperatorPaths {

    void register(@Observes Router router) {
        alias(router, "/health", "/q/health");
        alias(router, "/q/metrics", "/metrics");
    }

    private static void alias(Router router, String path, String target) {
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(request -> request.reroute(request.request().method(), target));
        router.route(path).handler(OperatorPaths::refuse);
    }

    private static void refuse(RoutingContext request) {
        request.response()
                .setStatusCode(ErrorCode.METHOD_NOT_ALLOWED.status())
                .putHeader("Allow", "GET, HEAD")
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(Buffer.buffer(Json.encode(
                        Problem.of(ErrorCode.METHOD_NOT_ALLOWED, "this address can only be read: GET or HEAD"))));
    }
}
