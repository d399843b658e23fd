package io.peerscope.endtoend;

import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Senders that do not heed what they are told: each sends the next batch as soon as the one before is answered. */
final class Burst {
    private static final int FIELDS = 20;
    private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(30);

    private final URI ingest;
    private final String token;

    /** @param token of a fleet */
    Burst(URI ingest, String token) {
        this.ingest = ingest.resolve("/api/v1/ingest");
        this.token = token;
    }

    /**
     * What they were answered.
     *
     * @param accepted samples of each host
     * @param took nanoseconds of each answer with 200, sorted
     * @param refused how often with which status
     * @param hints refusals that said when to come again
     */
    record Answers(Map<String, Long> accepted, long[] took, Map<Integer, Long> refused, long hints) {
        long samples() {
            return accepted.values().stream().mapToLong(Long::longValue).sum();
        }

        long refusals() {
            return refused.values().stream().mapToLong(Long::longValue).sum();
        }

        Duration percentile(double part) {
            return Duration.ofNanos(took[(int) (part * (took.length - 1))]);
        }
    }

    /** As many senders, each a host of its own with its own connection, for so long. */
    Answers send(int senders, Duration time) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            List<Future<One>> running = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                One one = new One("burst-" + i);
                running.add(each.submit(() -> one.sendUntil(client, end)));
            }
            List<One> done = new ArrayList<>();
            for (Future<One> one : running) {
                done.add(one.get());
            }
            return sum(done);
        }
    }

    private static Answers sum(List<One> all) {
        Map<String, Long> accepted = new TreeMap<>();
        Map<Integer, Long> refused = new TreeMap<>();
        long hints = 0;
        for (One one : all) {
            accepted.put(one.host, (long) one.took.size() * FIELDS);
            one.refused.forEach((status, times) -> refused.merge(status, times, Long::sum));
            hints += one.hints;
        }
        long[] took = all.stream()
                .flatMap(one -> one.took.stream())
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        return new Answers(accepted, took, refused, hints);
    }

    private final class One {
        private final String host;
        private final List<Long> took = new ArrayList<>();
        private final Map<Integer, Long> refused = new TreeMap<>();
        private long hints;
        private long newest;

        One(String host) {
            this.host = host;
        }

        One sendUntil(HttpClient client, long end) throws InterruptedException {
            while (System.nanoTime() < end) {
                long start = System.nanoTime();
                HttpResponse<Void> answer = answer(client);
                if (answer.statusCode() == 200) {
                    took.add(System.nanoTime() - start);
                } else {
                    refused.merge(answer.statusCode(), 1L, Long::sum);
                    hints += answer.headers().firstValue("Retry-After").isPresent() ? 1 : 0;
                }
            }
            return this;
        }

        private HttpResponse<Void> answer(HttpClient client) throws InterruptedException {
            try {
                HttpRequest request = HttpRequest.newBuilder(ingest)
                        .timeout(GIVEN_UP_AFTER)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(batch()))
                        .build();
                return client.send(request, BodyHandlers.discarding());
            } catch (IOException e) {
                throw new UncheckedIOException(host + " got no answer", e);
            }
        }

        /** One point, later than the last. */
        private byte[] batch() {
            newest = Math.max(newest + 1, System.currentTimeMillis());
            Map<String, Object> fields = new TreeMap<>();
            for (int f = 0; f < FIELDS; f++) {
                fields.put("field_" + f, newest % 1000 + f);
            }
            Map<String, Object> batch =
                    Map.of("host", host, "points", List.of(Map.of("timestamp", newest, "fields", fields)));
            return Json.encode(batch);
        }
    }
}
