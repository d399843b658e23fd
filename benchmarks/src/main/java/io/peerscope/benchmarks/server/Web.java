package io.peerscope.benchmarks.server;

import io.peerscope.testkit.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Questions to a server, beside the load. */
final class Web {
    private static final Duration START_BOUND = Duration.ofSeconds(60);
    private static final Duration ASK_EVERY = Duration.ofMillis(100);
    /** A query over everything that was sent takes a while. */
    private static final Duration ANSWER_BOUND = Duration.ofSeconds(120);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;

    Web(URI server) {
        this.server = server;
    }

    /** @throws IllegalStateException with the program's last words, where it never is */
    void awaitReady(ChildProcess program, String path) {
        long end = System.nanoTime() + START_BOUND.toNanos();
        while (System.nanoTime() < end && program.isAlive()) {
            try {
                if (send(request(path).GET().build()).statusCode() / 100 == 2) {
                    return;
                }
            } catch (IOException notYet) {
                // it does not listen yet
            }
            pause();
        }
        throw new IllegalStateException("%s is not ready%n%s".formatted(program.name(), program.lastLines(30)));
    }

    String get(String path) {
        return text(request(path).GET().build());
    }

    String post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return text(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(ANSWER_BOUND);
    }

    private String text(HttpRequest request) {
        try {
            HttpResponse<String> answer = send(request);
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        request.uri() + " was answered with " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri() + " was not answered", e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ASK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
