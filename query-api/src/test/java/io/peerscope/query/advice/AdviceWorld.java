package io.peerscope.query.advice;

import io.peerscope.contracts.link.LinkClaim;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.LinkReport;
import io.peerscope.contracts.link.LinkVerdict;
import io.peerscope.contracts.link.PathClass;
import io.peerscope.contracts.link.TopologyLive;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.live.MapLive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A made-up network that advice is given to. */
final class AdviceWorld {
    private final Map<String, Double> latency = new TreeMap<>();
    private final Map<String, String> relay = new TreeMap<>();
    private final Map<String, TreeSet<String>> maps = new TreeMap<>();
    private final Map<String, Map<String, Double>> fields = new TreeMap<>();
    private final TreeSet<String> hosts = new TreeSet<>();
    private List<List<String>> bridges = List.of();
    Instant now = Instant.parse("2026-11-21T12:00:00Z");

    AdviceWorld link(String one, String other, double millis) {
        hosts.add(one);
        hosts.add(other);
        latency.put(LinkLive.key(one, other), millis);
        return this;
    }

    AdviceWorld relayed(String one, String other, String via) {
        relay.put(LinkLive.key(one, other), via);
        return this;
    }

    AdviceWorld map(String map, String host) {
        maps.values().forEach(each -> each.remove(map));
        maps.computeIfAbsent(host, h -> new TreeSet<>()).add(map);
        return this;
    }

    AdviceWorld field(String host, String field, double value) {
        fields.computeIfAbsent(host, h -> new TreeMap<>()).put(field, value);
        return this;
    }

    AdviceWorld bridge(String... ends) {
        bridges = ends.length == 0 ? List.of() : List.of(List.of(ends));
        return this;
    }

    void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    Picture picture() {
        List<LinkLive> links = new ArrayList<>();
        latency.forEach((key, millis) -> links.add(link(key, millis)));
        Map<String, HostLive> live = new TreeMap<>();
        hosts.forEach(host -> live.put(host, host(host)));
        return new Picture(
                links,
                live,
                Map.of(),
                new TopologyLive(hosts.size(), links.size(), List.of(), bridges, List.of(), List.of(), List.of(), now));
    }

    private LinkLive link(String key, double millis) {
        String[] ends = key.split("\\|", -1);
        String via = relay.getOrDefault(key, "");
        PathClass path = via.isEmpty() ? PathClass.DIRECT : PathClass.RELAY;
        LinkReport report =
                new LinkReport(now, now, true, LinkClaim.UP, path, via, Map.of("latency_ms", millis), Map.of(), 5);
        return new LinkLive(
                ends[0],
                ends[1],
                report,
                report,
                LinkVerdict.AGREED,
                now,
                true,
                now,
                0.0,
                null,
                null,
                path,
                via,
                Map.of(),
                0,
                0,
                null,
                false,
                now);
    }

    private HostLive host(String host) {
        List<MapLive> hosted = maps.getOrDefault(host, new TreeSet<>()).stream()
                .map(map -> new MapLive(map, "p2p", now, Map.of("player_count", 5.0), Map.of()))
                .toList();
        return new HostLive(
                host,
                HostStatus.UP,
                now,
                now,
                now,
                0,
                Map.of(),
                fields.getOrDefault(host, Map.of()),
                hosted,
                new LinksLive(0, 0, null),
                false);
    }
}
