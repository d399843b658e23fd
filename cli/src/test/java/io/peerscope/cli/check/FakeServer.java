package io.peerscope.cli.check;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers paths (without their parameters) as it was told to; all else is the platform's problem of what is not there. */
final class FakeServer implements AutoCloseable {
    private static final String NOT_FOUND =
            "{\"status\":404,\"code\":\"not_found\",\"title\":\"There is no such thing\"}";

    private record Said(int status, String body) {}

    private final Map<String, Said> answers = new ConcurrentHashMap<>();
    private final Map<String, Said> once = new ConcurrentHashMap<>();
    private final HttpServer server;

    FakeServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    FakeServer says(String path, String json) {
        return says(path, 200, json);
    }

    /** Only the next time. */
    FakeServer saysOnce(String path, String json) {
        once.put(path, new Said(200, json));
        return this;
    }

    FakeServer says(String path, int status, String body) {
        answers.put(path, new Said(status, body));
        return this;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Said first = once.remove(path);
            Said said = first == null ? answers.getOrDefault(path, new Said(404, NOT_FOUND)) : first;
            byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(said.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
