package io.peerscope.agent.send;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/** Stands where ingest stands: answers by a script, then 200, and keeps what it was sent. */
public final class RecordingServer implements AutoCloseable {
    public final List<Request> requests = new CopyOnWriteArrayList<>();
    /** Bytes of bodies, as they came. */
    public final AtomicLong received = new AtomicLong();

    private final BlockingQueue<Scripted> script = new LinkedBlockingQueue<>();
    private final HttpServer server;

    public record Request(String path, String authorization, String body) {}

    private record Scripted(int status, String retryAfter, String body) {}

    public RecordingServer() throws IOException {
        this(0);
    }

    /** On a port where one was before, or any where it is 0. */
    public RecordingServer(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void thenAnswer(int status, String retryAfter, String body) {
        script.add(new Scripted(status, retryAfter, body));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        received.addAndGet(bytes.length);
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream in = new ByteArrayInputStream(bytes);
                InputStream plain = gzip ? new GZIPInputStream(in) : in) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(new Request(
                    exchange.getRequestURI().toString(),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                            .orElse(""),
                    body(exchange)));
            Scripted next =
                    Optional.ofNullable(script.poll()).orElse(new Scripted(200, "", "{\"accepted\":1,\"rejected\":0}"));
            if (!next.retryAfter().isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", next.retryAfter());
            }
            byte[] body = next.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(next.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
