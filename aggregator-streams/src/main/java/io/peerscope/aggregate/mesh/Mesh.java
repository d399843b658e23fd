package io.peerscope.aggregate.mesh;

import io.peerscope.aggregate.PatientClock;
import io.peerscope.aggregate.live.LiveConfig;
import io.peerscope.contracts.link.LinkClaim;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.PresenceState;
import io.peerscope.contracts.link.TopologyLive;
import io.peerscope.contracts.link.TopologyLive.Split;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole network in one place: links from both ends, the graph they make, who is there, and what went wrong together.
 * Reports change sides; everything else is looked at once a tick, so that a burst of reports is one look. Not thread-safe.
 */
public final class Mesh {
    /** Nobody mentioned the link for so long: it is no more. */
    private static final long LINK_FORGOTTEN = 3_600_000;

    /** A host that had no link for so long is not isolated but alone. */
    private static final long MESH_FORGOTTEN = 24 * 3_600_000L;

    /** Links shown again in one tick because only their numbers changed; what matters is shown at once. */
    private static final int REFRESHED_PER_TICK = 1_000;

    private static final int MOST_LINKS = 100_000;
    private static final long MEMORY_EVERY = 60_000;

    private final Supplier<LiveConfig> config;
    private final Outlet outlet;
    private final PatientClock clock = new PatientClock();
    private final Map<String, Link> links = new HashMap<>();
    private final Map<String, MeshHost> hosts = new HashMap<>();
    /** Links by each of their ends; hosts hold these lists. */
    private final Map<String, List<Link>> ends = new HashMap<>();

    private final Set<Link> refresh = new LinkedHashSet<>();
    private final Meshes meshes = new Meshes();
    private final Incidents incidents = new Incidents();
    private final Relaying relaying = new Relaying(hosts::get);
    private final Conclusions conclusions;
    private @Nullable TopologyLive topology;
    private boolean graphChanged = true;
    private long lastElapsed;

    public Mesh(Supplier<LiveConfig> config, Outlet outlet) {
        this.config = config;
        this.outlet = outlet;
        this.conclusions = new Conclusions(outlet);
    }

    /** Takes up what an earlier task left; before anything else. */
    public void restore(
            Iterable<LinkLive> keptLinks,
            Iterable<HostMemory> keptHosts,
            Iterable<IncidentMemory> keptIncidents,
            Iterable<OpenTrouble> keptTroubles) {
        Map<String, String> ofMesh = new HashMap<>();
        for (HostMemory kept : keptHosts) {
            hosts.put(
                    kept.presence().host(),
                    MeshHost.recalled(kept, ends(kept.presence().host())));
            if (kept.mesh() != null) {
                ofMesh.put(kept.presence().host(), kept.mesh());
            }
        }
        meshes.recall(ofMesh);
        for (LinkLive kept : keptLinks) {
            add(Link.recalled(kept));
        }
        for (IncidentMemory kept : keptIncidents) {
            incidents.recall(kept, links::get);
        }
        conclusions.recall(keptTroubles);
        for (OpenTrouble kept : keptTroubles) {
            if (kept.kind().equals(Conclusions.PATHS)) {
                relaying.recall(kept);
            }
        }
    }

    /** What a host says; it speaks. */
    public void report(PointBatch batch, long now) {
        MeshHost host = hosts.computeIfAbsent(batch.host(), name -> newcomer(name, now));
        host.hear(batch.receivedAt(), clock.elapsed(), batch.simulated());
        for (Point point : batch.points()) {
            switch (point.subject().kind()) {
                case Subject.HOST -> host.describe(point.subject().labels());
                case Subject.CONNECTION -> {
                    Link link = link(batch.host(), point, now);
                    if (link != null) {
                        link.side(batch.host()).hear(point, batch.receivedAt(), clock.elapsed());
                        link.madeUp(batch.simulated());
                        refresh.add(link);
                    }
                }
                default -> {}
            }
        }
    }

    /** Peers may have spoken of it before it spoke itself. */
    private MeshHost newcomer(String name, long now) {
        graphChanged = true;
        return new MeshHost(name, now, ends(name));
    }

    private List<Link> ends(String name) {
        return ends.computeIfAbsent(name, n -> new ArrayList<>());
    }

    /** What happened on a host, as a point of the state it led to. */
    public void event(PointBatch event, long now) {
        for (Point point : event.points()) {
            if (point.subject().kind().equals(Subject.CONNECTION)) {
                Link link = link(event.host(), point, now);
                if (link != null) {
                    link.side(event.host()).event(point, event.receivedAt(), clock.elapsed());
                    refresh.add(link);
                }
            }
        }
    }

    public void goodbye(String name, long receivedAt) {
        MeshHost host = hosts.get(name);
        if (host != null) {
            host.goodbye(receivedAt);
            meshes.leave(name);
            graphChanged = true;
        }
    }

    private @Nullable Link link(String host, Point point, long now) {
        String peer = point.subject().labels().get("peer");
        if (peer.isEmpty() || peer.equals(host)) {
            return null;
        }
        String key = LinkLive.key(host, peer);
        Link known = links.get(key);
        if (known == null && links.size() < MOST_LINKS) {
            known = new Link(host, peer, now);
            add(known);
        }
        return known;
    }

    private void add(Link link) {
        links.put(link.key(), link);
        ends(link.a()).add(link);
        ends(link.b()).add(link);
        graphChanged = true;
    }

    /** Once a second: whose word has run out, what that makes of links, hosts and the graph, and what is shown of it. */
    public void tick(long now) {
        clock.tick(now);
        long lived = clock.elapsed() - lastElapsed;
        lastElapsed = clock.elapsed();
        judgeLinks(lived, now);
        ageHosts(lived, now);
        incidents.look(now, deaf(now), this::unheard, links.values(), hosts::get, outlet);
        judgeHosts(now);
        look(now);
        List<Split> splits = topology == null ? List.of() : topology.splits();
        conclusions.splits(splits, splits.stream().anyMatch(this::madeUp), now);
        conclusions.incidents(incidents.open(), now);
        conclusions.relaying(relaying.look(links.values(), now), relaying.share(), relaying.simulated(), now);
        show(now);
        conclusions.send(now);
    }

    private void judgeLinks(long lived, long now) {
        List<Link> forgotten = new ArrayList<>();
        for (Link link : links.values()) {
            boolean left = hasLeft(link.a()) || hasLeft(link.b());
            if (link.judge(clock.elapsed(), lived, now)) {
                graphChanged = true;
                changed(link, now);
                if (!link.up() && !left) {
                    incidents.wentDown(link, now);
                } else {
                    incidents.cameUp(link);
                }
            }
            if (link.up()) {
                linked(link.a(), now);
                linked(link.b(), now);
            } else if (!link.anyFresh() && now - link.lastHeard() > LINK_FORGOTTEN) {
                forgotten.add(link);
            }
        }
        forgotten.forEach(link -> forget(link, now));
    }

    /** Whether most of those who should be heard are not. */
    private boolean deaf(long now) {
        int awaited = 0;
        int overdue = 0;
        for (MeshHost host : hosts.values()) {
            if (host.awaited(now)) {
                awaited++;
                overdue += host.overdue(clock.elapsed()) ? 1 : 0;
            }
        }
        return overdue * 2 > awaited;
    }

    private boolean unheard(Link link) {
        return !link.anyFresh() && !omits(link.a(), link) && !omits(link.b(), link);
    }

    private boolean omits(String name, Link link) {
        MeshHost host = hosts.get(name);
        return host != null && host.omits(link);
    }

    private boolean hasLeft(String name) {
        MeshHost host = hosts.get(name);
        return host != null && host.saidGoodbye();
    }

    private void changed(Link link, long now) {
        for (String end : List.of(link.a(), link.b())) {
            MeshHost host = hosts.get(end);
            if (host != null) {
                host.linkChanged(now);
            }
        }
    }

    private void linked(String name, long now) {
        MeshHost host = hosts.get(name);
        if (host != null) {
            host.linked(now);
        }
    }

    private void forget(Link link, long now) {
        links.remove(link.key());
        refresh.remove(link);
        incidents.cameUp(link);
        for (String end : List.of(link.a(), link.b())) {
            MeshHost host = hosts.get(end);
            ends(end).remove(link);
            if (host != null) {
                host.news = true;
            } else if (ends(end).isEmpty()) {
                ends.remove(end);
            }
        }
        outlet.link(link.key(), null);
        conclusions.forgotten(link, now);
    }

    private void ageHosts(long lived, long now) {
        LiveConfig bounds = config.get();
        List<String> forgotten = new ArrayList<>();
        for (MeshHost host : hosts.values()) {
            host.age(
                    clock.elapsed(),
                    lived,
                    now,
                    bounds.silenceFactor(),
                    bounds.silenceGrace().toMillis());
            host.forgetLinks(now - MESH_FORGOTTEN);
            if (!host.speaks() && now - host.lastHeard() > bounds.leftAfter().toMillis()) {
                forgotten.add(host.name);
            }
        }
        forgotten.forEach(name -> leave(name, now));
    }

    /** It is not awaited any more. */
    private void leave(String name, long now) {
        MeshHost host = hosts.get(name);
        if (host == null) {
            return;
        }
        conclusions.host(host, false, now);
        hosts.remove(name);
        meshes.leave(name);
        graphChanged = true;
        outlet.presence(name, null);
        outlet.remember(name, null);
    }

    private void judgeHosts(long now) {
        Map<String, String> explained = incidents.explained();
        for (MeshHost host : hosts.values()) {
            String explanation = explained.get(host.name);
            if (!Objects.equals(explanation, host.explainedBy)) {
                host.explainedBy = explanation;
                host.news = true;
            }
            boolean cutOff = host.speaks() && host.linksUp() == 0;
            host.judge(
                    Corroboration.judge(host.speaks(), host.absenceExpected(now), host.saidGoodbye(), witnesses(host)),
                    cutOff,
                    now);
            graphChanged |= host.news;
            conclusions.host(host, explanation != null, now);
            conclusions.peers(host, now);
        }
    }

    private List<Corroboration.Witness> witnesses(MeshHost host) {
        if (host.speaks() && host.links.stream().allMatch(Link::up)) {
            return List.of(); // the usual case: nobody accuses anybody
        }
        List<Corroboration.Witness> witnesses = new ArrayList<>(host.links.size());
        for (Link link : host.links) {
            String peer = link.other(host.name);
            MeshHost other = hosts.get(peer);
            boolean heard = other != null && other.speaks();
            witnesses.add(new Corroboration.Witness(
                    peer,
                    other == null ? peer : other.place(),
                    heard ? link.side(peer).claim() : LinkClaim.UNKNOWN,
                    link.side(host.name).claim(),
                    other != null && other.links.stream().anyMatch(Link::up)));
        }
        return witnesses;
    }

    private void look(long now) {
        if (!graphChanged) {
            return;
        }
        graphChanged = false;
        List<Link> up = links.values().stream().filter(Link::up).toList();
        Set<String> nodes = new LinkedHashSet<>();
        hosts.values().stream().filter(host -> !host.saidGoodbye()).forEach(host -> nodes.add(host.name));
        up.forEach(link -> {
            nodes.add(link.a());
            nodes.add(link.b());
        });
        Graph graph = Graph.of(nodes, up);
        List<Split> splits = meshes.look(graph, now);
        List<String> isolated = hosts.values().stream()
                .filter(host -> host.state() == PresenceState.ISOLATED)
                .map(host -> host.name)
                .sorted()
                .toList();
        TopologyLive next = new TopologyLive(
                nodes.size(),
                up.size(),
                graph.components(),
                graph.bridges(),
                graph.articulations(),
                isolated,
                splits,
                Instant.ofEpochMilli(now));
        if (topology == null || !same(topology, next)) {
            topology = next;
            outlet.topology(next);
        }
    }

    private boolean madeUp(Split split) {
        MeshHost any = hosts.get(split.parts().getFirst().getFirst());
        return any != null && any.simulated();
    }

    private static boolean same(TopologyLive one, TopologyLive other) {
        return one.equals(new TopologyLive(
                other.hosts(),
                other.links(),
                other.components(),
                other.bridges(),
                other.articulationHosts(),
                other.isolated(),
                other.splits(),
                one.changedAt()));
    }

    private void show(long now) {
        int left = REFRESHED_PER_TICK;
        for (Link link : links.values()) {
            if (link.urgent) {
                show(link, now);
                refresh.remove(link);
                conclusions.link(link, now);
            }
        }
        for (var waiting = refresh.iterator(); waiting.hasNext() && left > 0; left--) {
            Link link = waiting.next();
            waiting.remove();
            show(link, now);
            conclusions.link(link, now);
        }
        for (MeshHost host : hosts.values()) {
            boolean due = now - host.shownAt >= MEMORY_EVERY;
            if (host.news || due) {
                host.news = false;
                host.shownAt = now;
                outlet.presence(host.name, host.shown(now));
                outlet.remember(host.name, host.memory(now, meshes.memory().get(host.name)));
            }
        }
    }

    private void show(Link link, long now) {
        link.urgent = false;
        link.shownAt = now;
        outlet.link(link.key(), link.shown(now));
    }
}
