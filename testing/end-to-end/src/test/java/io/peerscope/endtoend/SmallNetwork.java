package io.peerscope.endtoend;

import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Three hosts that measure themselves, one another, a map and a stream each second, as a whole network would. */
final class SmallNetwork implements AutoCloseable {
    static final String FIRST = "pages-alpha";
    static final String SECOND = "pages-beta";
    static final String THIRD = "pages-gamma";
    /** Its clock is, by an hour. */
    static final String AHEAD = "pages-delta";

    static final String REGION = "pages";
    private static final List<String> HOSTS = List.of(FIRST, SECOND, THIRD);

    private final Api ingest;
    private final long begin = System.currentTimeMillis();
    private final AtomicInteger players = new AtomicInteger(30);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("small-network").factory());

    private SmallNetwork(Api ingest) {
        this.ingest = ingest;
    }

    /** @param fleet with a token that may write for any host */
    static SmallNetwork start(Api fleet) {
        SmallNetwork network = new SmallNetwork(fleet);
        network.somethingHappens();
        network.timer.scheduleAtFixedRate(network::report, 0, 1, TimeUnit.SECONDS);
        return network;
    }

    /** How many play on the first host from now on. */
    void players(int number) {
        players.set(number);
    }

    private void somethingHappens() {
        long now = System.currentTimeMillis();
        Object cheat = Map.of("type", "security", "timestamp", now, "detail", Map.of("kind", "cheat"));
        Object failover = Map.of("type", "failover", "timestamp", now, "from", SECOND, "to", FIRST);
        ingest.post("/api/v1/events", Map.of("host", FIRST, "events", List.of(cheat, failover)));
    }

    private void report() {
        long now = System.currentTimeMillis();
        long ahead = now + Duration.ofHours(1).toMillis();
        try {
            Object late = Map.of("timestamp", ahead, "fields", Map.of("cpu_usage", 12));
            ingest.post("/api/v1/ingest", Map.of("host", AHEAD, "sent_at", ahead, "points", List.of(late)));
        } catch (UncheckedIOException noAnswer) {
            // the next second says it again
        }
        for (String host : HOSTS) {
            try {
                Answer answer = ingest.post(
                        "/api/v1/ingest",
                        Map.of(
                                "host",
                                host,
                                "sent_at",
                                now,
                                "labels",
                                Map.of("region", REGION),
                                "points",
                                of(host, now)));
                if (answer.status() != 200) {
                    throw new IllegalStateException(answer.toString());
                }
            } catch (UncheckedIOException noAnswer) {
                // the next second says it again
            }
        }
    }

    private List<Map<String, Object>> of(String host, long now) {
        String peer = HOSTS.get((HOSTS.indexOf(host) + 1) % HOSTS.size());
        String other = HOSTS.get((HOSTS.indexOf(host) + 2) % HOSTS.size());
        double number = host.equals(FIRST) ? players.get() : 12;
        return List.of(
                point(
                        "host",
                        Map.of(),
                        now,
                        Map.of("cpu_usage", 41.5, "memory_usage", 55.0, "player_count", number, "mob_count", 120.0)),
                point("map", Map.of("map", host + "-map", "hosting", "p2p"), now, Map.of("player_count", number)),
                point("connection", Map.of("peer", peer, "path", "direct"), now, link(38, now)),
                point("connection", Map.of("peer", other, "path", "relay"), now, link(230, now)));
    }

    /** Its counters grow by a kilobyte and a message a second. */
    private Map<String, Double> link(double latency, long now) {
        double seconds = (now - begin) / 1000.0;
        return Map.of(
                "latency_ms",
                latency,
                "packet_loss",
                0.2,
                "jitter_ms",
                2.0,
                "bandwidth_mbps",
                20.0,
                "message_count",
                seconds,
                "bytes_sent",
                1000 * seconds,
                "bytes_received",
                1000 * seconds);
    }

    private static Map<String, Object> point(
            String kind, Map<String, String> labels, long now, Map<String, Double> fields) {
        return Map.of("kind", kind, "labels", labels, "timestamp", now, "fields", fields);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
