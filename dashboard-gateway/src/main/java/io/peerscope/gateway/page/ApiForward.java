package io.peerscope.gateway.page;

import io.peerscope.contracts.problem.ErrorCode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.HttpProxy;
import java.net.URI;
import java.util.List;

/**
 * Hands {@code /api} on to query-api, so that a browser has one origin to talk to. Only where query-api is another
 * process; in one process it answers itself.
 */
public final class ApiForward {
    private static final List<String> PATHS = List.of("/api/*", "/q/openapi");
    private static final int EARLY = -1000;
    private static final int CONNECT_MS = 2000;
    /** A read may wait 20 s for consistency and then take its time. */
    private static final int IDLE_SECONDS = 60;

    private ApiForward() {}

    public static void on(Router router, Vertx vertx, URI queryApi) {
        boolean tls = "https".equals(queryApi.getScheme());
        int port = queryApi.getPort() > 0 ? queryApi.getPort() : tls ? 443 : 80;
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(tls)
                .setConnectTimeout(CONNECT_MS)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxPoolSize(64));
        HttpProxy proxy = HttpProxy.reverseProxy(client).origin(port, queryApi.getHost());
        for (String path : PATHS) {
            router.route(path).order(EARLY).handler(exchange -> forward(exchange, proxy));
        }
    }

    private static void forward(RoutingContext exchange, HttpProxy proxy) {
        if (exchange.request().getHeader("Upgrade") != null) {
            Problems.send(exchange, ErrorCode.BAD_PARAMETER, "this address does not speak WebSocket");
            return;
        }
        // Query-api counts wrong logins by address. It goes back over the hops that it is told to trust, and no
        // further: what a client claims stands before whom we heard, and what a proxy before us says is needed to
        // tell its clients apart.
        exchange.request()
                .headers()
                .remove("Forwarded")
                .add("X-Forwarded-For", exchange.request().remoteAddress().hostAddress());
        proxy.handle(exchange.request());
    }
}
