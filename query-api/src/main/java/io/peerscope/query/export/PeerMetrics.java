package io.peerscope.query.export;

import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.LinkReport;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.PeerTraffic;
import io.peerscope.query.export.Family.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What hosts that are up said last of their connections, peers and resources, by host. */
public final class PeerMetrics {
    private static final List<String> HOST = List.of("host");
    private static final double[] MILLIS = {5, 10, 25, 50, 100, 150, 200, 300, 500, 1000, 2500};
    private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2.5};
    private static final double[] LIVES = {1, 10, 60, 300, 900, 3600, 14_400, 86_400};
    private static final double MILLIS_A_SECOND = 1000;
    private static final List<String> HEALTHS = List.of("healthy", "degraded", "unhealthy");

    /** Lines a host makes at most, peers apart; what is left of the bound decides whether another host has room. */
    private static final int LINES_OF_A_HOST = 100;

    /** A field of hosts and the names under which it goes out. */
    private record Outgoing(String field, Type type, String name, String help) {}

    private static final List<Outgoing> FIELDS = List.of(
            new Outgoing("bytes_sent", Type.COUNTER, "network_bytes_sent", "Bytes the host has sent to peers."),
            new Outgoing("bytes_received", Type.COUNTER, "network_bytes_received", "Bytes it has received from peers."),
            new Outgoing("active_connections", Type.GAUGE, "network_active_connections", "Connections it has."),
            new Outgoing("connection_attempts", Type.COUNTER, "network_connection_attempts", "Connections it tried."),
            new Outgoing("connection_failures", Type.COUNTER, "network_connection_failures", "Tries that failed."),
            new Outgoing("cpu_usage", Type.GAUGE, "resources_cpu_usage", "Processor time in use, percent."),
            new Outgoing("memory_bytes", Type.GAUGE, "resources_memory_usage", "Memory in use, bytes."),
            new Outgoing("bandwidth_usage", Type.GAUGE, "resources_bandwidth_usage", "Bytes a second for hosting."),
            new Outgoing("storage_bytes", Type.GAUGE, "resources_storage_usage", "Disk space in use, bytes."),
            new Outgoing(
                    "connection_state_transitions",
                    Type.COUNTER,
                    "p2p_connection_state_transitions",
                    "Changes of connection states."),
            // A backlog that rises and falls, for all that its name says.
            new Outgoing("buffered_messages", Type.GAUGE, "p2p_buffered_messages_total", "Messages that wait."),
            new Outgoing(
                    "transfer_duration_seconds", Type.GAUGE, "p2p_transfer_duration_seconds", "Time of a transfer."),
            new Outgoing("active_transfers", Type.GAUGE, "p2p_active_transfers", "Transfers under way."));

    private final Families families = new Families();
    private final PartMetrics parts = new PartMetrics(families);
    private final UnaryOperator<String> naming;
    private final boolean byPeer;
    private final Instant now;

    private PeerMetrics(UnaryOperator<String> naming, boolean byPeer, Instant now) {
        this.naming = naming;
        this.byPeer = byPeer;
        this.now = now;
    }

    /**
     * @param naming what names of hosts and peers become
     * @param byPeer whether there are also lines for each peer
     * @param mostLines hosts that would go beyond are left out, the last by name first, and counted
     */
    public static List<Family> of(
            Collection<HostLive> hosts,
            Collection<LinkLive> links,
            UnaryOperator<String> naming,
            boolean byPeer,
            int mostLines,
            Instant now) {
        PeerMetrics metrics = new PeerMetrics(naming, byPeer, now);
        Map<String, List<LinkLive>> ends = new HashMap<>();
        for (LinkLive link : links) {
            ends.computeIfAbsent(link.a(), a -> new ArrayList<>()).add(link);
            ends.computeIfAbsent(link.b(), b -> new ArrayList<>()).add(link);
        }
        Map<String, HostLive> sorted = new TreeMap<>();
        hosts.stream().filter(PeerMetrics::speaks).forEach(host -> sorted.put(host.host(), host));
        int lines = 0;
        int omitted = 0;
        for (HostLive host : sorted.values()) {
            List<LinkLive> own = ends.getOrDefault(host.host(), List.of());
            int more = LINES_OF_A_HOST + PartMetrics.lines(host) + (byPeer ? 3 * own.size() : 0);
            if (lines + more > mostLines) {
                omitted++;
            } else {
                lines += more;
                metrics.host(host, own);
            }
        }
        metrics.family("p2p_export_omitted_hosts", Type.GAUGE, "Hosts left out, as there would be too many lines.")
                .add(List.of(), List.of(), omitted);
        return metrics.families.all();
    }

    private static boolean speaks(HostLive host) {
        return host.status() == HostStatus.UP || host.status() == HostStatus.DEGRADED;
    }

    private Family family(String name, Type type, String help) {
        return families.of(name, type, help);
    }

    private void host(HostLive host, List<LinkLive> links) {
        List<String> name = List.of(naming.apply(host.host()));
        Map<String, Double> fields = host.fields();
        for (Outgoing each : FIELDS) {
            Double value = fields.get(each.field());
            if (value != null) {
                family(each.name(), each.type(), each.help()).add(HOST, name, value);
            }
        }
        attempts(host, name);
        parts.host(host, name.getFirst());
        transferred(fields, name);
        traffic(host, name);
        links(host, links, name);
    }

    /** As the host counts them; where it does not, as it finds them one by one. */
    private void peers(HostLive host, Map<String, Integer> healths, int heard, List<String> name) {
        Map<String, Double> fields = host.fields();
        peers("total", fields.get("peers_total"), heard > 0 ? (Double) (double) heard : null, name);
        for (String health : HEALTHS) {
            Integer found = healths.get(health);
            Double counted = healths.isEmpty() ? null : (Double) (found == null ? 0.0 : found.doubleValue());
            peers(health, fields.get("peers_" + health), counted, name);
        }
    }

    private void peers(String which, @Nullable Double said, @Nullable Double counted, List<String> name) {
        Double value = said != null ? said : counted;
        if (value != null) {
            family("peers_" + which, Type.GAUGE, "Peers of the host: " + which + ".")
                    .add(HOST, name, value);
        }
    }

    private void attempts(HostLive host, List<String> name) {
        Map<String, Double> results = new TreeMap<>(PartMetrics.split(host, "connection_attempts", "result"));
        Double tried = host.fields().get("connection_attempts");
        Double failed = host.fields().get("connection_failures");
        if (results.isEmpty() && tried != null && failed != null) {
            results.put("success", Math.max(0, tried - failed));
            results.put("failure", failed);
        }
        results.forEach((result, value) -> family(
                        "p2p_connection_attempts", Type.COUNTER, "Connections tried, by what became of them.")
                .add(List.of("host", "result"), List.of(name.getFirst(), result), value));
    }

    private void transferred(Map<String, Double> fields, List<String> name) {
        directed(
                "p2p_bytes_transferred",
                Type.COUNTER,
                "Bytes exchanged with peers.",
                name,
                "in",
                fields.get("bytes_received"));
        directed(
                "p2p_bytes_transferred",
                Type.COUNTER,
                "Bytes exchanged with peers.",
                name,
                "out",
                fields.get("bytes_sent"));
    }

    private void directed(
            String family, Type type, String help, List<String> name, String direction, @Nullable Double value) {
        if (value != null) {
            family(family, type, help).add(List.of("host", "direction"), List.of(name.getFirst(), direction), value);
        }
    }

    private void traffic(HostLive host, List<String> name) {
        String family = "p2p_bandwidth_bytes_per_second";
        String help = "Bytes a second over the last minute.";
        directed(family, Type.GAUGE, help, name, "in", host.links().inBytesPerSecond());
        directed(family, Type.GAUGE, help, name, "out", host.links().outBytesPerSecond());
        if (byPeer) {
            for (PeerTraffic peer : host.links().peers()) {
                ofPeer(name, peer.peer(), "in", peer.inBytesPerSecond());
                ofPeer(name, peer.peer(), "out", peer.outBytesPerSecond());
            }
        }
    }

    private void ofPeer(List<String> name, String peer, String direction, @Nullable Double value) {
        if (value != null) {
            family("p2p_peer_bandwidth_bytes_per_second", Type.GAUGE, "The same with one peer.")
                    .add(
                            List.of("host", "peer", "direction"),
                            List.of(name.getFirst(), naming.apply(peer), direction),
                            value);
        }
    }

    private void links(HostLive said, List<LinkLive> links, List<String> name) {
        String host = said.host();
        Map<String, Integer> healths = new TreeMap<>();
        List<Double> reputations = new ArrayList<>();
        int heard = 0;
        List<Double> latencies = new ArrayList<>();
        List<Double> messages = new ArrayList<>();
        List<Double> lives = new ArrayList<>();
        Map<String, Integer> states = new TreeMap<>();
        int breaker = -1;
        for (LinkLive link : links) {
            LinkReport report = link.from(host);
            if (report == null || !report.fresh()) {
                continue;
            }
            heard++;
            String health = report.states().getOrDefault("health_status", "");
            if (!health.isEmpty()) {
                healths.merge(health, 1, Integer::sum);
            }
            Double reputation = report.field("reputation");
            if (reputation != null) {
                reputations.add(reputation);
            }
            states.merge(
                    report.states()
                            .getOrDefault(
                                    "connection_state", report.claim().name().toLowerCase(Locale.ROOT)),
                    1,
                    Integer::sum);
            breaker = Math.max(breaker, breaker(report.states().getOrDefault("circuit_breaker", "")));
            Double latency = report.field("latency_ms");
            if (latency != null) {
                latencies.add(latency);
                ofPeer(host, link, name, latency);
            }
            Double message = report.field("message_latency_ms");
            if (message != null) {
                messages.add(message);
            }
            if (link.up() && link.upSince() != null) {
                lives.add(Math.max(0, Duration.between(link.upSince(), now).toMillis() / MILLIS_A_SECOND));
            }
        }
        states.forEach((state, count) -> family("p2p_connections_active", Type.GAUGE, "Connections by their state.")
                .add(List.of("host", "state"), List.of(name.getFirst(), state), count));
        peers(said, healths, heard, name);
        reputations.stream().mapToDouble(Double::doubleValue).average().ifPresent(mean -> family(
                        "peers_reputation", Type.GAUGE, "Reputation of its peers, their mean.")
                .add(HOST, name, mean));
        if (breaker >= 0) {
            family("p2p_circuit_breaker_state", Type.GAUGE, "The worst of its links: 0 closed, 1 half open, 2 open.")
                    .add(HOST, name, breaker);
        }
        spread("p2p_rtt_milliseconds", "Round trips of its links now.", name, MILLIS, latencies);
        List<Double> seconds =
                latencies.stream().map(millis -> millis / MILLIS_A_SECOND).toList();
        spread("network_connection_latency", "The same, in seconds.", name, SECONDS, seconds);
        spread("peers_latency", "The same, in seconds.", name, SECONDS, seconds);
        spread("p2p_message_latency_milliseconds", "Latency of messages over its links now.", name, MILLIS, messages);
        spread("p2p_connection_duration_seconds", "How long its links have been up.", name, LIVES, lives);
    }

    private void ofPeer(String host, LinkLive link, List<String> name, double latency) {
        if (byPeer) {
            String peer = link.a().equals(host) ? link.b() : link.a();
            family("p2p_peer_rtt_milliseconds", Type.GAUGE, "Round trip to one peer.")
                    .add(List.of("host", "peer"), List.of(name.getFirst(), naming.apply(peer)), latency);
        }
    }

    private void spread(String family, String help, List<String> name, double[] bounds, List<Double> values) {
        if (!values.isEmpty()) {
            family(family, Type.SPREAD, help).spread(HOST, name, bounds, values);
        }
    }

    private static int breaker(String state) {
        return switch (state) {
            case "closed" -> 0;
            case "half_open" -> 1;
            case "open" -> 2;
            default -> -1;
        };
    }
}
