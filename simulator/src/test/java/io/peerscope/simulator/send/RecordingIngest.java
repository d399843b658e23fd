package io.peerscope.simulator.send;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** Stands where ingest stands: answers by a script, then 200, and keeps what it was sent. */
public final class RecordingIngest implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Scripted> script = new LinkedBlockingQueue<>();
    public final List<Received> received = new CopyOnWriteArrayList<>();

    public record Received(String path, Map<String, List<String>> headers, byte[] body) {}

    private record Scripted(int status, String retryAfter, String body) {}

    public RecordingIngest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public RecordingIngest thenAnswer(int status, String retryAfter, String body) {
        script.add(new Scripted(status, retryAfter, body));
        return this;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(
                    new Received(exchange.getRequestURI().getPath(), Map.copyOf(exchange.getRequestHeaders()), body));
            Scripted next = Optional.ofNullable(script.poll())
                    .orElse(new Scripted(200, "", "{\"accepted\":2,\"rejected\":0,\"duplicate\":false}"));
            if (!next.retryAfter().isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", next.retryAfter());
            }
            byte[] answer = next.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(next.status(), answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}
