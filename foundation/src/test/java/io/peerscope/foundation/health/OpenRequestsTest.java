package io.peerscope.foundation.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenRequestsTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final Duration BRIEF = Duration.ofMillis(50);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final OpenRequests requests = new OpenRequests();
    private final Promise<Void> arrived = Promise.promise();
    private final Promise<Void> mayAnswer = Promise.promise();
    private int port;

    @BeforeEach
    void listen() throws Exception {
        Router router = Router.router(vertx);
        router.get("/slow").handler(exchange -> {
            arrived.complete();
            mayAnswer.future().onSuccess(now -> exchange.end("late, but here"));
        });
        router.get("/quick").handler(exchange -> exchange.end("at once"));
        router.get("/socket").handler(exchange -> exchange.request().toWebSocket());
        requests.on(router, "/*");
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void waitsForTheAnswer() throws Exception {
        CompletableFuture<HttpResponse<String>> slow = get("/slow");
        arrived.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(requests.drain(BRIEF)).as("not answered yet").isFalse();
        assertThat(requests.condition()).isEqualTo(new Condition.Down("stopping"));
        mayAnswer.complete();
        assertThat(requests.drain(AMPLE)).isTrue();
        assertThat(slow.get(20, TimeUnit.SECONDS).body()).isEqualTo("late, but here");
    }

    @Test
    void whatComesLateIsAnsweredAndNotKeptAlive() throws Exception {
        assertThat(get("/quick").get(20, TimeUnit.SECONDS).headers().firstValue("connection"))
                .isEmpty();
        assertThat(requests.drain(AMPLE)).isTrue();
        HttpResponse<String> late = get("/quick").get(20, TimeUnit.SECONDS);
        assertThat(late.body()).isEqualTo("at once");
        assertThat(late.headers().firstValue("connection")).contains("close");
    }

    @Test
    void aWebSocketIsNoOpenRequest() throws Exception {
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/socket"), new WebSocket.Listener() {})
                .get(20, TimeUnit.SECONDS);
        assertThat(requests.drain(BRIEF)).isTrue();
        socket.abort();
    }

    @Test
    void aClientThatWentAwayIsNotWaitedFor() throws Exception {
        CompletableFuture<HttpResponse<String>> slow = get("/slow");
        arrived.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        slow.cancel(true);
        client.shutdownNow();
        Awaitility.await().atMost(AMPLE).until(() -> requests.drain(BRIEF));
    }

    private CompletableFuture<HttpResponse<String>> get(String path) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .version(HttpClient.Version.HTTP_1_1)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
