package io.peerscope.testkit.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A client of {@code /monitor} that keeps every frame with the time it came. */
public final class MonitorClient implements AutoCloseable {
    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private volatile @Nullable Integer closeCode;

    /** One frame of the server. */
    public record Frame(Instant at, JsonNode content) {
        public boolean is(String type) {
            return content.path("type").asText().equals(type);
        }
    }

    private MonitorClient(URI address, String token) {
        URI monitor = URI.create(address.toString().replaceFirst("^http", "ws") + "/monitor");
        this.socket = http.newWebSocketBuilder()
                .subprotocols("bearer", token)
                .buildAsync(monitor, new Collecting())
                .join();
    }

    /** @param address of the gateway, {@code http://…} */
    public static MonitorClient open(URI address, String token) {
        return new MonitorClient(address, token);
    }

    public MonitorClient send(String json) {
        socket.sendText(json, true).join();
        return this;
    }

    public List<Frame> frames() {
        return List.copyOf(frames);
    }

    public Stream<Frame> frames(String type) {
        return frames.stream().filter(frame -> frame.is(type));
    }

    public Optional<Frame> first(String type, Predicate<JsonNode> wanted) {
        return frames(type).filter(frame -> wanted.test(frame.content())).findFirst();
    }

    /** Empty while the connection is open. */
    public Optional<Integer> closeCode() {
        return Optional.ofNullable(closeCode);
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private final class Collecting implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                frames.add(new Frame(Instant.now(), parse(text.toString())));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closeCode = code;
            return null;
        }

        private static JsonNode parse(String frame) {
            try {
                return Json.mapper().readTree(frame);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a frame that is not JSON: " + frame, e);
            }
        }
    }
}
