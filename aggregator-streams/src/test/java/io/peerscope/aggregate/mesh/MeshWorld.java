package io.peerscope.aggregate.mesh;

import io.peerscope.aggregate.Sent;
import io.peerscope.aggregate.live.LiveConfig;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Hosts that report their links every five seconds, and a mesh that hears them. Nothing but the script moves its clock. */
final class MeshWorld {
    static final LiveConfig CONFIG =
            new LiveConfig(3, Duration.ofSeconds(5), Duration.ofHours(24), Duration.ofDays(7), 512, 256, 1024);
    final RecordingOutlet shown = new RecordingOutlet();
    private final Set<String> hosts = new TreeSet<>();
    private final Map<String, String> regions = new TreeMap<>();
    private final Map<String, Map<String, String>> labels = new TreeMap<>();
    private final Map<String, Set<String>> peers = new TreeMap<>();
    private final Set<String> mute = new HashSet<>();
    private final Set<String> broken = new HashSet<>();
    private final Map<String, Double> latency = new TreeMap<>();
    private final Map<String, String> saidOf = new TreeMap<>();
    private final Set<String> unreported = new HashSet<>();
    private final Map<String, String> path = new TreeMap<>();
    private int interval = 5;
    private Mesh mesh;
    long now = Sent.T0;

    MeshWorld() {
        mesh = new Mesh(() -> CONFIG, shown);
    }

    MeshWorld host(String name, String region) {
        hosts.add(name);
        regions.put(name, region);
        return this;
    }

    MeshWorld link(String one, String other) {
        hosts.add(one);
        hosts.add(other);
        peersOf(one).add(other);
        peersOf(other).add(one);
        return this;
    }

    private Set<String> peersOf(String host) {
        return peers.computeIfAbsent(host, n -> new TreeSet<>());
    }

    MeshWorld clique(String prefix, int size) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                link(prefix + j, prefix + i);
            }
        }
        return this;
    }

    /** Both ends say that it failed. */
    void fail(String one, String other) {
        broken.add(LinkLive.key(one, other));
    }

    void mend(String one, String other) {
        broken.remove(LinkLive.key(one, other));
    }

    void failAll(String host) {
        peersOf(host).forEach(peer -> fail(host, peer));
    }

    void mendAll(String host) {
        peersOf(host).forEach(peer -> mend(host, peer));
    }

    /** It reports no more; its links go on. */
    void mute(String host) {
        mute.add(host);
    }

    void unmute(String host) {
        mute.remove(host);
    }

    /** It is gone: it reports no more, and its peers do not reach it. */
    void kill(String host) {
        mute(host);
        failAll(host);
    }

    void revive(String host) {
        unmute(host);
        mendAll(host);
    }

    void says(String host, String peer, double millis) {
        latency.put(host + ">" + peer, millis);
    }

    void claims(String host, String peer, String state) {
        saidOf.put(host + ">" + peer, state);
    }

    MeshWorld omits(String host, String peer) {
        unreported.add(host + ">" + peer);
        return this;
    }

    void path(String one, String other, String by) {
        path.put(LinkLive.key(one, other), by);
    }

    void direct(String one, String other) {
        path.remove(LinkLive.key(one, other));
    }

    void label(String host, String name, String value) {
        labels.computeIfAbsent(host, h -> new TreeMap<>()).put(name, value);
    }

    void goodbye(String host) {
        mesh.goodbye(host, now);
        mute(host);
    }

    /** What remains of a task that was killed. */
    void restart() {
        mesh = new Mesh(() -> CONFIG, shown);
        mesh.restore(
                List.copyOf(shown.links.values()),
                List.copyOf(shown.memories.values()),
                List.copyOf(shown.incidents.values()),
                List.copyOf(shown.troubles.values()));
    }

    /** How often hosts report from now on, seconds. */
    MeshWorld every(int seconds) {
        interval = seconds;
        return this;
    }

    void pass(int seconds) {
        for (int second = 0; second < seconds; second++) {
            int place = 0;
            for (String host : hosts) {
                if (!mute.contains(host) && now / 1000 % interval == place++ % interval) {
                    mesh.report(report(host), now);
                }
            }
            mesh.tick(now);
            now += 1000;
        }
    }

    private PointBatch report(String host) {
        List<Point> points = new ArrayList<>();
        String region = regions.getOrDefault(host, "");
        Map<String, String> said = new TreeMap<>(labels.getOrDefault(host, Map.of()));
        if (!region.isEmpty()) {
            said.put("region", region);
        }
        points.add(Point.of(new Subject(host, Subject.HOST, Labels.of(said)), now, Map.of("cpu_usage", 10.0)));
        for (String peer : peersOf(host)) {
            String way = host + ">" + peer;
            if (unreported.contains(way)) {
                continue;
            }
            boolean failed = broken.contains(LinkLive.key(host, peer));
            Map<String, String> labels = new TreeMap<>(Map.of("peer", peer, "path", "direct"));
            String by = path.get(LinkLive.key(host, peer));
            if (by != null) {
                labels.put("path", "relay");
                labels.put("relay", by);
            }
            points.add(Point.of(
                    new Subject(host, Subject.CONNECTION, Labels.of(labels)),
                    now,
                    failed ? Map.of() : Map.of("latency_ms", latency.getOrDefault(way, 20.0)),
                    Map.of("connection_state", saidOf.getOrDefault(way, failed ? "failed" : "connected"))));
        }
        return LinkReports.of(new PointBatch(host, "", 0, now, "r", 0, false, points));
    }
}
