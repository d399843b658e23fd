package io.peerscope.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.json.Json;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages' addresses and the way to query-api, on real sockets. */
class PagesTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @BeforeEach
    void serve() throws Exception {
        int queryApi = listen(Router.router(vertx)).actualPort();
        Router router = Router.router(vertx);
        Pages.on(router);
        ApiForward.on(router, vertx, URI.create("http://127.0.0.1:" + queryApi));
        port = listen(router).actualPort();
    }

    /** Whatever nobody else answers says for whom it was forwarded. */
    private HttpServer listen(Router router) throws Exception {
        router.route().order(Integer.MAX_VALUE).handler(exchange -> exchange.response()
                .end(exchange.request().headers().getAll("X-Forwarded-For")
                        + " "
                        + exchange.request().getHeader("Forwarded")));
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/p2p", "/login", "/p2p/monitoring", "/p2p/monitoring/alerts", "/static/bundle/x.js"})
    void pagesCanOnlyBeRead(String path) throws Exception {
        HttpResponse<String> answer = send("POST", path);
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(Json.mapper().readTree(answer.body()).path("code").asText()).isEqualTo("method_not_allowed");
        assertThat(send("GET", path).statusCode()).isIn(200, 302);
        assertThat(send("HEAD", path).statusCode()).isIn(200, 302);
    }

    @Test
    void queryApiHearsLastWhereARequestComesFromWhateverItClaims() throws Exception {
        assertThat(send("POST", "/api/v1/session", "X-Forwarded-For", "198.51.100.1", "Forwarded", "for=198.51.100.1")
                        .body())
                .isEqualTo("[198.51.100.1, 127.0.0.1] null");
    }

    @Test
    void theBundleHasNoSourceMaps() throws Exception {
        Properties defaults = new Properties();
        try (var file = Pages.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            defaults.load(file);
        }
        assertThat(defaults).containsEntry("quarkus.web-bundler.bundling.source-map", "false");
    }

    private HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
