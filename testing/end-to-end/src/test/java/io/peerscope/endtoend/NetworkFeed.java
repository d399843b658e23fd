package io.peerscope.endtoend;

import io.peerscope.testkit.client.Api;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A made-up mesh whose hosts report their links every second, with a fleet's token, until it is closed. */
final class NetworkFeed implements AutoCloseable {
    private final Api ingest;
    private final Map<String, Set<String>> peers = new ConcurrentSkipListMap<>();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final Set<String> mute = ConcurrentHashMap.newKeySet();
    private final Set<String> omitted = ConcurrentHashMap.newKeySet();
    private final Map<String, Double> latency = new ConcurrentHashMap<>();
    private final Map<String, String> claims = new ConcurrentHashMap<>();
    private final Map<String, String> relays = new ConcurrentHashMap<>();
    private final Map<String, String> maps = new ConcurrentHashMap<>();
    private final Map<String, Integer> busy = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> labels = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("network-feed").factory());

    NetworkFeed(Api ingest) {
        this.ingest = ingest;
    }

    void link(String one, String other) {
        peersOf(one).add(other);
        peersOf(other).add(one);
    }

    void clique(String... hosts) {
        for (String one : hosts) {
            for (String other : hosts) {
                if (one.compareTo(other) < 0) {
                    link(one, other);
                }
            }
        }
    }

    private Set<String> peersOf(String host) {
        return peers.computeIfAbsent(host, name -> new TreeSet<>());
    }

    void start() {
        timer.scheduleAtFixedRate(this::reportAll, 0, 1, TimeUnit.SECONDS);
    }

    void says(String host, String peer, double millis) {
        latency.put(host + ">" + peer, millis);
    }

    void claims(String host, String peer, String state) {
        claims.put(host + ">" + peer, state);
    }

    /** @param percent of its processors */
    void busy(String host, int percent) {
        busy.put(host, percent);
    }

    void relay(String one, String other, String by) {
        relays.put(way(one, other), by);
    }

    void direct(String one, String other) {
        relays.remove(way(one, other));
    }

    void label(String host, String name, String value) {
        labels.computeIfAbsent(host, h -> new ConcurrentHashMap<>()).put(name, value);
    }

    /** From now on it runs there and nowhere else. */
    void map(String map, String host) {
        maps.put(map, host);
    }

    void fail(String one, String other) {
        failed.add(way(one, other));
    }

    void mend(String one, String other) {
        failed.remove(way(one, other));
    }

    void failAll(String host) {
        peersOf(host).forEach(peer -> fail(host, peer));
    }

    /** It says nothing of this link any more. */
    void omits(String host, String peer) {
        omitted.add(host + ">" + peer);
    }

    void mute(String host) {
        mute.add(host);
    }

    /** Nothing of it comes after that: between two rounds of reports. */
    void goodbye(String host) {
        Map<String, Object> leave = Map.of("type", "goodbye", "timestamp", System.currentTimeMillis());
        CompletableFuture.runAsync(
                        () -> {
                            mute(host);
                            ingest.post("/api/v1/events", Map.of("host", host, "events", List.of(leave)));
                        },
                        timer)
                .join();
    }

    private static String way(String one, String other) {
        return one.compareTo(other) < 0 ? one + ">" + other : other + ">" + one;
    }

    private void reportAll() {
        for (String host : peers.keySet()) {
            if (!mute.contains(host)) {
                report(host);
            }
        }
    }

    private void report(String host) {
        long now = System.currentTimeMillis();
        List<Map<String, Object>> points = new ArrayList<>();
        points.add(Map.of(
                "timestamp",
                now,
                "labels",
                labels.getOrDefault(host, Map.of()),
                "fields",
                Map.of("cpu_usage", busy.getOrDefault(host, 5))));
        maps.forEach((map, hostOfMap) -> {
            if (hostOfMap.equals(host)) {
                points.add(Map.of(
                        "kind",
                        "map",
                        "labels",
                        Map.of("map", map),
                        "timestamp",
                        now,
                        "fields",
                        Map.of("player_count", 3)));
            }
        });
        for (String peer : peersOf(host)) {
            if (omitted.contains(host + ">" + peer)) {
                continue;
            }
            boolean down = failed.contains(way(host, peer));
            Map<String, Object> point = new LinkedHashMap<>();
            point.put("kind", "connection");
            String relay = relays.get(way(host, peer));
            point.put(
                    "labels",
                    relay == null
                            ? Map.of("peer", peer, "path", "direct")
                            : Map.of("peer", peer, "path", "relay", "relay", relay));
            point.put("timestamp", now);
            point.put(
                    "fields",
                    new TreeMap<>(Map.of(
                            "latency_ms",
                            latency.getOrDefault(host + ">" + peer, 20.0),
                            "packet_loss",
                            down ? 100.0 : 0.0)));
            point.put(
                    "states",
                    Map.of("connection_state", claims.getOrDefault(host + ">" + peer, down ? "failed" : "connected")));
            points.add(point);
        }
        try {
            ingest.post(
                    "/api/v1/ingest", Map.of("host", host, "batch", "feed/" + now, "sent_at", now, "points", points));
        } catch (UncheckedIOException noAnswer) {
            // the next second tells more
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
