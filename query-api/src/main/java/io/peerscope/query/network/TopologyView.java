package io.peerscope.query.network;

import io.peerscope.contracts.link.HostPresence;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.LinkVerdict;
import io.peerscope.contracts.link.PathClass;
import io.peerscope.contracts.link.PresenceState;
import io.peerscope.contracts.link.QualityLevel;
import io.peerscope.contracts.link.TopologyLive;
import io.peerscope.contracts.link.TopologyLive.Articulation;
import io.peerscope.contracts.link.TopologyLive.Split;
import io.peerscope.contracts.live.HostLive;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The graph as people see it: nodes and links with what a picture needs, and what the graph's shape says.
 *
 * @param articulationHosts names; {@code articulations} says how many hosts each would cut off
 * @param changedAt null while nothing is known
 */
public record TopologyView(
        List<Node> nodes,
        List<Edge> links,
        List<List<String>> components,
        List<List<String>> bridges,
        List<String> articulationHosts,
        List<Articulation> articulations,
        List<String> isolated,
        List<Split> splits,
        @Nullable Instant changedAt) {

    /** @param component place of its component in the list; -1 where it is in none */
    public record Node(
            String host,
            @Nullable PresenceState state,
            int component,
            int linksUp,
            Map<String, String> labels,
            boolean simulated) {}

    public record Edge(
            String a,
            String b,
            boolean up,
            LinkVerdict verdict,
            PathClass path,
            @Nullable QualityLevel level,
            @Nullable Double score) {}

    public static TopologyView of(
            @Nullable TopologyLive topology,
            Collection<LinkLive> links,
            Map<String, HostPresence> presences,
            Map<String, HostLive> hosts) {
        Map<String, Integer> places = new HashMap<>();
        List<List<String>> components = topology == null ? List.of() : topology.components();
        for (int i = 0; i < components.size(); i++) {
            for (String host : components.get(i)) {
                places.put(host, i);
            }
        }
        TreeSet<String> names = new TreeSet<>(places.keySet());
        names.addAll(presences.keySet());
        List<Node> nodes =
                names.stream().map(name -> node(name, places, presences, hosts)).toList();
        List<Edge> edges = links.stream()
                .filter(LinkLive::fresh)
                .sorted(Comparator.comparing(LinkLive::key))
                .map(TopologyView::edge)
                .toList();
        if (topology == null) {
            return new TopologyView(
                    nodes, edges, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null);
        }
        return new TopologyView(
                nodes,
                edges,
                components,
                topology.bridges(),
                topology.articulationHosts().stream().map(Articulation::host).toList(),
                topology.articulationHosts(),
                topology.isolated(),
                topology.splits(),
                topology.changedAt());
    }

    private static Node node(
            String name,
            Map<String, Integer> places,
            Map<String, HostPresence> presences,
            Map<String, HostLive> hosts) {
        HostPresence presence = presences.get(name);
        HostLive host = hosts.get(name);
        return new Node(
                name,
                presence == null ? null : presence.state(),
                places.getOrDefault(name, -1),
                presence == null ? 0 : presence.linksUp(),
                host == null ? Map.of() : host.labels(),
                host != null && host.simulated());
    }

    private static Edge edge(LinkLive link) {
        return new Edge(
                link.a(),
                link.b(),
                link.up(),
                link.verdict(),
                link.path(),
                link.quality() == null ? null : link.quality().level(),
                link.quality() == null ? null : (Double) link.quality().score());
    }
}
