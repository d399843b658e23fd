package io.peerscope.foundation.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessLogTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Written written = new Written();
    private final Logger logger = Logger.getLogger(AccessLog.LOGGER);
    private int port;

    @BeforeEach
    void listen() throws Exception {
        logger.addHandler(written);
        Router router = Router.router(vertx);
        new AccessLog().on(router);
        router.get("/hosts").handler(exchange -> {
            AccessLog.who(exchange, "alice smith");
            exchange.end("here");
        });
        router.post("/ingest").handler(exchange -> {
            AccessLog.frequent(exchange);
            exchange.response().setStatusCode(exchange.queryParam("bad").isEmpty() ? 200 : 429);
            exchange.end();
        });
        router.get("/q/health").handler(exchange -> exchange.end("UP"));
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void close() throws Exception {
        logger.removeHandler(written);
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void tellsWhoAskedForWhat() throws Exception {
        send("GET", "/hosts?secret=5");
        ExtLogRecord line = written.next();
        assertThat(line.getFormattedMessage())
                .matches("GET /hosts 200 \\d+ ms alice\\?smith 127\\.0\\.0\\.1")
                .doesNotContain("secret");
        assertThat(line.getMdc("status")).isEqualTo("200");
        assertThat(line.getMdc("path")).isEqualTo("/hosts");
    }

    @Test
    void whatMachinesAskAllTheTimeIsOnlyToldWhenRefused() throws Exception {
        send("POST", "/ingest");
        send("GET", "/q/health");
        send("POST", "/ingest?bad=1");
        send("GET", "/nothing%0d%0aGET%20/forged");
        assertThat(written.next().getFormattedMessage()).startsWith("POST /ingest 429 ");
        assertThat(written.next().getFormattedMessage()).startsWith("GET /nothing%0d%0aGET%20/forged 404 ");
    }

    @Test
    void aFloodOfRequestsIsNoFloodOfLines() {
        AtomicLong time = new AtomicLong();
        Pace pace = new Pace(time::get);
        for (int i = 0; i < Pace.LIMIT; i++) {
            assertThat(pace.next()).isEqualTo(new Pace.Turn.Go(0));
        }
        assertThat(pace.next()).isInstanceOf(Pace.Turn.Wait.class);
        assertThat(pace.next()).isInstanceOf(Pace.Turn.Wait.class);
        time.set(TimeUnit.SECONDS.toNanos(1));
        assertThat(pace.next()).isEqualTo(new Pace.Turn.Go(2));
        assertThat(pace.next()).isEqualTo(new Pace.Turn.Go(0));
    }

    private void send(String method, String path) throws Exception {
        client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private static final class Written extends ExtHandler {
        private final BlockingQueue<ExtLogRecord> lines = new LinkedBlockingQueue<>();

        @Override
        protected void doPublish(ExtLogRecord line) {
            line.copyAll();
            lines.add(line);
        }

        ExtLogRecord next() throws InterruptedException {
            return Objects.requireNonNull(lines.poll(20, TimeUnit.SECONDS), "no line was written");
        }
    }
}
