package io.peerscope.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.ExitCode;
import io.peerscope.cli.Failure;
import io.peerscope.contracts.json.Json;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A connection to {@code /monitor} that keeps what it is told. */
public final class Monitor implements AutoCloseable {
    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Long> pong = new CompletableFuture<>();
    private final WebSocket socket;
    private volatile Optional<String> closed = Optional.empty();

    private Monitor(Server server, Duration patience) {
        URI address = URI.create(server.address().toString().replaceFirst("^http", "ws"))
                .resolve("/monitor");
        WebSocket.Builder builder = server.http().newWebSocketBuilder().connectTimeout(patience);
        server.token().ifPresent(token -> builder.subprotocols("bearer", token));
        try {
            this.socket = builder.buildAsync(address, new Collecting()).join();
        } catch (CompletionException e) {
            throw refused(address, e.getCause() == null ? e : e.getCause());
        }
    }

    /** @throws Failure where the server does not want to speak WebSocket with us */
    public static Monitor open(Server server, Duration patience) {
        return new Monitor(server, patience);
    }

    private static Failure refused(URI address, Throwable cause) {
        if (!(cause instanceof WebSocketHandshakeException handshake)) {
            return new Failure(
                    ExitCode.UNREACHABLE,
                    "no connection to %s: %s".formatted(address, cause.getMessage()),
                    "Is the gateway running there? --url or PEERSCOPE_URL says where it is.");
        }
        int status = handshake.getResponse().statusCode();
        return switch (status) {
            case 401, 403 ->
                new Failure(
                        ExitCode.DENIED,
                        "%s refused the credential: %d".formatted(address, status),
                        "The token is missing, mistyped or revoked, or its role may not watch.");
            case 503 ->
                Failure.wrong(
                        address + " takes no more connections: 503",
                        "peerscope.gateway.max-connections is reached, or the gateway is stopping; start another one.");
            case 404 -> Failure.wrong(address + ": 404", "That is not the gateway, but another service or a proxy.");
            default ->
                Failure.wrong(
                        "%s answered the upgrade with %d".formatted(address, status),
                        "A proxy in between must pass on the headers Upgrade and Connection (HTTP/1.1).");
        };
    }

    public List<JsonNode> frames() {
        return List.copyOf(frames);
    }

    public Optional<JsonNode> first(String type, Predicate<JsonNode> wanted) {
        return frames.stream()
                .filter(frame -> frame.path("type").asText().equals(type))
                .filter(wanted)
                .findFirst();
    }

    public void send(Object message) {
        socket.sendText(new String(Json.encode(message), java.nio.charset.StandardCharsets.UTF_8), true)
                .join();
    }

    public void ping() {
        socket.sendPing(ByteBuffer.wrap(new byte[] {1})).join();
    }

    public boolean ponged() {
        return pong.isDone();
    }

    /** Why the server has ended it, if it has. */
    public Optional<String> closed() {
        return closed;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Collecting implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    frames.add(Json.mapper().readTree(text.toString()));
                } catch (JsonProcessingException e) {
                    closed = Optional.of("sent what is no JSON");
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
            pong.complete(System.nanoTime());
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed = Optional.of(("closed with " + status + " " + reason).strip());
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed = Optional.of("broke: " + error.getMessage());
        }
    }
}
