package io.peerscope.testkit.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A webhook's receiver that keeps what it was sent and answers by a script, after its end with 200. Thread-safe. */
public final class RecordingWebhook implements AutoCloseable {
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private RecordingWebhook(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    public static RecordingWebhook start() {
        try {
            RecordingWebhook webhook = new RecordingWebhook(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            webhook.server.start();
            return webhook;
        } catch (IOException e) {
            throw new UncheckedIOException("no webhook receiver", e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    /**
     * A channel that ends here, as {@code POST /api/v1/channels} takes it.
     *
     * @param more fields
     */
    public Map<String, Object> channel(String id, Map<String, Object> more) {
        Map<String, Object> fields = new TreeMap<>(
                Map.of("id", id, "type", "webhook", "url", address().toString()));
        fields.putAll(more);
        return fields;
    }

    /** What to do with the next messages, in order. */
    public RecordingWebhook thenReply(Reply... replies) {
        script.addAll(List.of(replies));
        return this;
    }

    /** Every attempt, in the order they came. */
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    /** Attempts about one alert. */
    public List<Message> messages(String rule, String host) {
        return messages.stream().filter(message -> message.isAbout(rule, host)).toList();
    }

    public Optional<Message> first(String type, String rule, String host) {
        return ofType(type, rule, host).findFirst();
    }

    public Stream<Message> ofType(String type, String rule, String host) {
        return messages(rule, host).stream().filter(message -> message.type().equals(type));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Instant at = Instant.now();
            byte[] body = exchange.getRequestBody().readAllBytes();
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            messages.add(new Message(at, headers, body));
            switch (Optional.ofNullable(script.poll()).orElse(Reply.ok())) {
                case Reply.Status(int status, Optional<String> retryAfter) -> {
                    retryAfter.ifPresent(value -> exchange.getResponseHeaders().set("Retry-After", value));
                    exchange.sendResponseHeaders(status, -1);
                }
                case Reply.Hang() -> closed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
