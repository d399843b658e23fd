package io.peerscope.query.advice;

import io.peerscope.contracts.link.HostPresence;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.LinkReport;
import io.peerscope.contracts.link.PresenceState;
import io.peerscope.contracts.link.TopologyLive;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.MapLive;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The network at one moment, as advice looks at it: who is how far from whom, and who could do more. */
public final class Picture {
    /** What a host told of a map so much before its newest word is not so any more. */
    private static final Duration MAP_FRESH = Duration.ofSeconds(15);

    private static final double PERCENT = 100;

    private final Map<String, LinkLive> links = new TreeMap<>();
    private final Map<String, TreeMap<String, Double>> latencies = new TreeMap<>();
    private final Map<String, HostLive> hosts;
    private final Map<String, HostPresence> presences;
    private final List<List<String>> bridges;

    public Picture(
            Collection<LinkLive> links,
            Map<String, HostLive> hosts,
            Map<String, HostPresence> presences,
            @Nullable TopologyLive topology) {
        this.hosts = new TreeMap<>(hosts);
        this.presences = presences;
        this.bridges = topology == null ? List.of() : topology.bridges();
        for (LinkLive link : links) {
            if (link.up()) {
                this.links.put(link.key(), link);
                latency(link).ifPresent(millis -> {
                    latencies.computeIfAbsent(link.a(), a -> new TreeMap<>()).put(link.b(), millis);
                    latencies.computeIfAbsent(link.b(), b -> new TreeMap<>()).put(link.a(), millis);
                });
            }
        }
    }

    private static OptionalDouble latency(LinkLive link) {
        return Stream.of(Optional.ofNullable(link.fromA()), Optional.ofNullable(link.fromB()))
                .flatMap(Optional::stream)
                .filter(LinkReport::fresh)
                .flatMap(report -> Optional.ofNullable(report.field(Advice.LATENCY)).stream())
                .mapToDouble(Double::doubleValue)
                .average();
    }

    Collection<HostLive> hosts() {
        return hosts.values();
    }

    Collection<LinkLive> links() {
        return links.values();
    }

    List<List<String>> bridges() {
        return bridges;
    }

    /** Linked hosts and how far they are, by name. */
    Map<String, Double> peers(String host) {
        return latencies.getOrDefault(host, new TreeMap<>());
    }

    @Nullable
    Double latency(String one, String other) {
        return peers(one).get(other);
    }

    Optional<LinkLive> link(String one, String other) {
        return Optional.ofNullable(links.get(LinkLive.key(one, other)));
    }

    /** Whether it is there by its own word and that of its peers. */
    boolean present(String name) {
        HostLive host = hosts.get(name);
        HostPresence presence = presences.get(name);
        return host != null
                && (host.status() == HostStatus.UP || host.status() == HostStatus.DEGRADED)
                && (presence == null || presence.state() == PresenceState.UP);
    }

    boolean simulated(String name) {
        HostLive host = hosts.get(name);
        return host != null && host.simulated();
    }

    Optional<MapLive> map(String name, String map) {
        HostLive host = hosts.get(name);
        if (host == null) {
            return Optional.empty();
        }
        Instant oldest = host.lastSeen().minus(MAP_FRESH);
        return host.maps().stream()
                .filter(each -> each.map().equals(map) && !each.lastSeen().isBefore(oldest))
                .findFirst();
    }

    /** Those it still tells of. */
    List<MapLive> maps(HostLive host) {
        Instant oldest = host.lastSeen().minus(MAP_FRESH);
        return host.maps().stream()
                .filter(map -> !map.lastSeen().isBefore(oldest))
                .toList();
    }

    boolean runsMaps(String name) {
        HostLive host = hosts.get(name);
        return host != null && !maps(host).isEmpty();
    }

    /**
     * What a host has left of what it has least of: processor, memory or places for players; null where it tells of none.
     *
     * @param morePlayers who would come
     */
    @Nullable
    Double headroom(String name, double morePlayers) {
        HostLive host = hosts.get(name);
        if (host == null) {
            return null;
        }
        Map<String, Double> fields = host.fields();
        Double capacity = fields.get("player_capacity");
        OptionalDouble left = DoubleStream.of(
                        left(fields.get("cpu_usage")),
                        left(fields.get("memory_usage")),
                        capacity == null || capacity <= 0
                                ? Double.NaN
                                : 1 - (fields.getOrDefault("player_count", 0.0) + morePlayers) / capacity)
                .filter(Double::isFinite)
                .min();
        return left.isPresent() ? (Double) Math.max(0, left.getAsDouble()) : null;
    }

    private static double left(@Nullable Double percent) {
        return percent == null ? Double.NaN : 1 - percent / PERCENT;
    }
}
