package io.peerscope.testkit.client;

import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The REST API with one token. Paths begin with a slash; bodies are anything that Jackson writes. Thread-safe. */
public final class Api {
    /** Above the 20 s that a strong read may wait. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();

    private final URI address;
    private final Map<String, String> headers;

    public Api(URI address, String token) {
        this(address, Map.of("Authorization", "Bearer " + token));
    }

    private Api(URI address, Map<String, String> headers) {
        this.address = address;
        this.headers = headers;
    }

    /** The same without a credential. */
    public Api anonymous() {
        return new Api(address, Map.of());
    }

    /** The same with one more header on every request. */
    public Api with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Api(address, more);
    }

    /** Reads see everything that was acknowledged before. */
    public Api strong() {
        return with("X-Read-Consistency", "strong");
    }

    public URI address() {
        return address;
    }

    public Answer get(String path) {
        return send("GET", path, Map.of(), new byte[0]);
    }

    public Answer delete(String path) {
        return send("DELETE", path, Map.of(), new byte[0]);
    }

    public Answer post(String path, Object json) {
        return send("POST", path, Map.of("Content-Type", "application/json"), Json.encode(json));
    }

    public Answer put(String path, Object json) {
        return send("PUT", path, Map.of("Content-Type", "application/json"), Json.encode(json));
    }

    public Answer patch(String path, Object json) {
        return send("PATCH", path, Map.of("Content-Type", "application/json"), Json.encode(json));
    }

    /** A body as it stands, be it JSON or not. */
    public Answer postText(String path, String body) {
        return send("POST", path, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws UncheckedIOException when there is no answer */
    public Answer send(String method, String path, Map<String, String> more, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(LIMIT)
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        more.forEach(request::setHeader);
        long begin = System.nanoTime();
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            Map<String, java.util.List<String>> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            received.putAll(response.headers().map());
            return new Answer(
                    response.statusCode(), received, response.body(), Duration.ofNanos(System.nanoTime() - begin));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method + " " + path + " was interrupted", e);
        }
    }
}
