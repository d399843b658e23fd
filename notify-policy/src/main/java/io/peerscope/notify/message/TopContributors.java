package io.peerscope.notify.message;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.MapLive;
import io.peerscope.contracts.live.PeerQuality;
import io.peerscope.contracts.live.PeerTraffic;
import io.peerscope.contracts.notify.Contributor;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Measure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who has the largest part in what an alert is about, by what hosts said last: of a host its maps or peers, of a group its
 * members. Nobody where it is over, or where no part of it is known.
 */
public final class TopContributors {
    private static final Pattern GROUP = Pattern.compile("(?:share|count)\\((.+)\\)");

    private static final String PLAYERS = "player_count";
    private static final String LATENCY = "latency_ms";
    private static final String LOSS = "packet_loss";
    private static final String IN = "bandwidth_in_bytes_per_second";
    private static final String OUT = "bandwidth_out_bytes_per_second";
    private static final String BOTH = "bandwidth_bytes_per_second";

    /** What of a host has a part in a field of it, where its maps do not have that field themselves. */
    private static final Map<String, String> PARTS = Map.ofEntries(
            Map.entry("cpu_usage", PLAYERS),
            Map.entry("process_cpu_usage", PLAYERS),
            Map.entry("load1", PLAYERS),
            Map.entry("load5", PLAYERS),
            Map.entry("memory_usage", PLAYERS),
            Map.entry("memory_bytes", PLAYERS),
            Map.entry("process_memory_bytes", PLAYERS),
            Map.entry("map_load", PLAYERS),
            Map.entry("tick_ms", PLAYERS),
            Map.entry("latency", LATENCY),
            Map.entry(LATENCY, LATENCY),
            Map.entry("message_latency_ms", LATENCY),
            Map.entry("delivery_delay_ms", LATENCY),
            Map.entry("sync_delay", LATENCY),
            Map.entry("network_health", LATENCY),
            Map.entry("buffered_messages", LATENCY),
            Map.entry(LOSS, LOSS),
            Map.entry("error_rate", LOSS),
            Map.entry("connection_failures", LOSS),
            Map.entry("connection_failure_rate", LOSS),
            Map.entry("network_in_bytes_per_second", IN),
            Map.entry(IN, IN),
            Map.entry("network_out_bytes_per_second", OUT),
            Map.entry(OUT, OUT),
            Map.entry("network_io", BOTH),
            Map.entry("network_throughput", BOTH),
            Map.entry("bandwidth_usage", BOTH),
            Map.entry(BOTH, BOTH));

    /** Fields of which little is bad; of a group nothing else tells. */
    private static final Set<String> LITTLE_IS_BAD = Set.of(
            "network_health",
            "quality_score",
            "performance_score",
            "resource_availability",
            "transfer_success_rate",
            "bandwidth_mbps",
            "tick_rate",
            "frame_rate",
            "peers_total",
            "peers_healthy");

    private TopContributors() {}

    public static List<Contributor> of(Alert alert, HostsNow hosts) {
        if (alert.status() != AlertStatus.FIRING) {
            return List.of();
        }
        Matcher group = GROUP.matcher(alert.metric());
        if (group.matches()) {
            return members(alert, group.group(1), hosts);
        }
        return alert.subject().kind().equals(Subject.HOST)
                ? hosts.host(alert.host()).map(host -> parts(alert, host)).orElse(List.of())
                : List.of();
    }

    private static List<Contributor> parts(Alert alert, HostLive host) {
        Podium same =
                new Podium(alert.value() != null && alert.threshold() != null && alert.value() < alert.threshold());
        host.maps()
                .forEach(map ->
                        same.add("map", map.map(), alert.metric(), map.fields().get(alert.metric())));
        if (!same.isEmpty()) {
            return same.places();
        }
        Podium podium = new Podium(false);
        switch (PARTS.getOrDefault(alert.metric(), "")) {
            case PLAYERS ->
                host.maps()
                        .forEach(map -> podium.add(
                                "map", map.map(), PLAYERS, map.fields().get(PLAYERS)));
            case LATENCY ->
                host.links().worst().forEach(link -> podium.add("peer", link.peer(), LATENCY, link.latencyMs()));
            case LOSS -> host.links().worst().forEach(link -> podium.add("peer", link.peer(), LOSS, link.packetLoss()));
            case IN ->
                host.links().peers().forEach(peer -> podium.add("peer", peer.peer(), IN, peer.inBytesPerSecond()));
            case OUT ->
                host.links().peers().forEach(peer -> podium.add("peer", peer.peer(), OUT, peer.outBytesPerSecond()));
            case BOTH -> host.links().peers().forEach(peer -> podium.add("peer", peer.peer(), BOTH, both(peer)));
            default -> {}
        }
        return podium.places();
    }

    private static @Nullable Double both(PeerTraffic peer) {
        Double in = peer.inBytesPerSecond();
        Double out = peer.outBytesPerSecond();
        return in == null ? out : out == null ? in : (Double) (in + out);
    }

    private static List<Contributor> members(Alert alert, String metric, HostsNow hosts) {
        Podium podium = new Podium(LITTLE_IS_BAD.contains(metric));
        if (alert.host().equals(Measure.Group.ANY_HOST)) {
            hosts.each(host -> members(alert, metric, host, podium));
        } else {
            hosts.host(alert.host()).ifPresent(host -> members(alert, metric, host, podium));
        }
        return podium.places();
    }

    private static void members(Alert alert, String metric, HostLive host, Podium podium) {
        Map<String, String> shared = alert.subject().labels();
        switch (alert.subject().kind()) {
            case Subject.HOST -> {
                if (host.labels().entrySet().containsAll(shared.entrySet())) {
                    podium.add("host", host.host(), metric, host.fields().get(metric));
                }
            }
            case Subject.MAP ->
                host.maps().stream()
                        .filter(map -> labels(map).entrySet().containsAll(shared.entrySet()))
                        .forEach(map -> podium.add(
                                "map",
                                map.map() + " on " + host.host(),
                                metric,
                                map.fields().get(metric)));
            case Subject.CONNECTION ->
                host.links().worst().stream()
                        .filter(link -> Map.of("peer", link.peer()).entrySet().containsAll(shared.entrySet()))
                        .forEach(link ->
                                podium.add("link", host.host() + " to " + link.peer(), metric, measured(link, metric)));
            default -> {}
        }
    }

    private static Map<String, String> labels(MapLive map) {
        return Map.of("map", map.map(), "hosting", map.hosting());
    }

    private static @Nullable Double measured(PeerQuality link, String metric) {
        return switch (metric) {
            case LATENCY -> link.latencyMs();
            case LOSS -> link.packetLoss();
            default -> null;
        };
    }
}
