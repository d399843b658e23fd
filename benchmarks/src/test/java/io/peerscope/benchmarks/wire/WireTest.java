package io.peerscope.benchmarks.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireTest {
    private record Scripted(int status, String body) {}

    private final Deque<Scripted> script = new ArrayDeque<>();
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/ingest", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Scripted answer = script.pop();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void hangUp() {
        server.stop(0);
    }

    @Test
    void manyExchangesOnOneConnection() throws IOException {
        Target target =
                new Target(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "token");
        String errors = ",\"errors\":[" + "{\"index\":0},".repeat(1000) + "{}]";
        script.add(new Scripted(200, "{\"accepted\":1000,\"rejected\":0}"));
        script.add(new Scripted(503, "{\"status\":503}"));
        script.add(new Scripted(200, "{\"accepted\":7,\"rejected\":3" + errors + "}"));

        try (Wire wire = Wire.open(target.server())) {
            byte[] request = PreparedRequest.single(target, "h1", "bench_probe", 10);
            assertThat(wire.exchange(request)).isEqualTo(new Wire.Reply(200, 1000));
            assertThat(wire.exchange(request)).isEqualTo(new Wire.Reply(503, 0));
            assertThat(wire.exchange(request)).isEqualTo(new Wire.Reply(200, 7));
        }
        assertThat(received)
                .hasSize(3)
                .containsOnly("{\"host\":\"h1\",\"points\":[{\"fields\":{\"bench_probe\":10.0}}]}");
    }

    @Test
    void anAnswerWithoutABodyTakesAll() throws IOException {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        script.add(new Scripted(204, ""));
        script.add(new Scripted(200, "{}"));

        try (Wire wire = Wire.open(address)) {
            byte[] request = PreparedRequest.single(new Target(address, "token"), "h1", "bench_probe", 10);
            assertThat(wire.exchange(request)).isEqualTo(new Wire.Reply(204, Wire.Reply.NOT_SAID));
            assertThat(wire.exchange(request)).isEqualTo(new Wire.Reply(200, Wire.Reply.NOT_SAID));
        }
    }
}
