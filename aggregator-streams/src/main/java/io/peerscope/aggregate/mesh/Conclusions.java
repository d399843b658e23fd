package io.peerscope.aggregate.mesh;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.catalogue.MetricDefinition;
import io.peerscope.contracts.link.IncidentLive;
import io.peerscope.contracts.link.LinkClaim;
import io.peerscope.contracts.link.LinkVerdict;
import io.peerscope.contracts.link.PathClass;
import io.peerscope.contracts.link.PresenceState;
import io.peerscope.contracts.link.TopologyLive.Split;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Staleness;
import io.peerscope.contracts.point.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is concluded, as points beside those that hosts send, for rules to judge. A trouble is a subject
 * of its own, whose labels say what it is and on whose word, with a field that is above zero while it lasts: so an alert
 * carries its evidence.
 */
final class Conclusions {
    static final String PRESENCE = "presence";
    static final String NETWORK = "network";
    static final String INCIDENT = "incident";
    static final String PATHS = "paths";

    /** Links get a point again after so long; at once when what matters changes. */
    private static final long LINK_EVERY = 15_000;

    /** The words of a host's peers need so long to arrive; until then what looks like one thing may be another. */
    private static final long SETTLED = 10_000;

    private static final long LOST_SETTLED = 30_000;

    /** Where no peer can tell: a restart is no trouble. */
    private static final long SILENCE_SETTLED = 120_000;

    /** Hosts that died together still vouch for one another until their last word has run out. */
    private static final long SPLIT_SETTLED = 12_000;

    private static final int MOST_NAMES = 20;

    private static final List<String> OF_LINKS = MetricCatalogue.load().all().stream()
            .filter(metric -> metric.kinds().contains(Subject.LINK))
            .map(MetricDefinition::name)
            .toList();

    private final Outlet outlet;
    private final Map<String, OpenTrouble> open = new LinkedHashMap<>();
    private final Map<String, List<Point>> pending = new LinkedHashMap<>();
    private final Set<String> madeUp = new HashSet<>();
    private double lastShare;

    Conclusions(Outlet outlet) {
        this.outlet = outlet;
    }

    private void add(boolean simulated, Point point) {
        pending.computeIfAbsent(point.subject().host(), host -> new ArrayList<>())
                .add(point);
        if (simulated) {
            madeUp.add(point.subject().host());
        }
    }

    /** One record for each host and tick. */
    void send(long now) {
        pending.forEach(
                (host, points) -> outlet.conclude(PointBatch.derived(host, now, madeUp.contains(host), points)));
        pending.clear();
        madeUp.clear();
    }

    void link(Link link, long now) {
        boolean soon = link.pointAt != Long.MIN_VALUE && now - link.pointAt < LINK_EVERY;
        if (soon && !link.changedSincePoint()) {
            return;
        }
        link.pointMade(now);
        Map<String, Double> fields = new TreeMap<>();
        fields.put("link_up", link.up() ? 1.0 : 0.0);
        if (link.up() && link.path() != PathClass.UNKNOWN) {
            fields.put("relayed", link.relayed() ? 1.0 : 0.0);
        }
        if (link.anyFresh()) {
            fields.put("contradicted", link.verdict() == LinkVerdict.CONTRADICTION ? 1.0 : 0.0);
            fields.put("one_sided", link.verdict() == LinkVerdict.ONE_SIDED ? 1.0 : 0.0);
        }
        link.quality().ifPresent(quality -> fields.put("quality_score", quality.score()));
        put(fields, "latency_asymmetry_ms", link.difference("latency_ms"));
        put(fields, "loss_asymmetry", link.difference("packet_loss"));
        Map<String, String> states = new TreeMap<>();
        states.put("link_verdict", link.verdict().word());
        states.put("path_class", link.path().word());
        link.quality()
                .ifPresent(quality ->
                        states.put("connection_quality", quality.level().word()));
        Subject subject = new Subject(link.a(), Subject.LINK, linkLabels(link));
        add(link.simulated(), Point.of(subject, now, fields, states));
    }

    private static Labels linkLabels(Link link) {
        return Labels.of("peer", link.b());
    }

    private static void put(Map<String, Double> fields, String name, @Nullable Double value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    void forgotten(Link link, long now) {
        if (link.pointAt == Long.MIN_VALUE) {
            return;
        }
        Map<String, Double> ended = new TreeMap<>();
        for (String field : OF_LINKS) {
            ended.put(field, Staleness.MARKER);
        }
        Subject subject = new Subject(link.a(), Subject.LINK, linkLabels(link));
        add(link.simulated(), Point.of(subject, now, ended));
    }

    /** @param explained an incident accounts for it, which is what people are told of instead */
    void host(MeshHost host, boolean explained, long now) {
        int trouble = explained ? 0 : trouble(host.state());
        boolean settled = settled(host, now);
        String state = trouble > 0 && settled ? host.state().word() : null;
        if (Objects.equals(state, host.alertState)) {
            return;
        }
        if (host.alertState != null) {
            add(host.simulated(), presence(host, host.alertState, host.alertEvidence, now, 0));
        }
        host.alertState = state;
        host.alertEvidence = state == null ? null : names(evidence(host));
        if (state != null) {
            add(host.simulated(), presence(host, state, host.alertEvidence, now, trouble));
        }
        host.news = true;
    }

    /** What becomes of its links together, as long as it has any. */
    void peers(MeshHost host, long now) {
        if (host.links.isEmpty() || (host.peersAt != Long.MIN_VALUE && now - host.peersAt < LINK_EVERY)) {
            return;
        }
        host.peersAt = now;
        int up = host.linksUp();
        Map<String, Double> fields =
                Map.of("peer_churn_rate", host.churn(now), "links_up", (double) up, "links_down", (double)
                        (host.links.size() - up));
        add(host.simulated(), Point.of(new Subject(host.name, Subject.PEERS, Labels.none()), now, fields));
    }

    private static List<String> evidence(MeshHost host) {
        if (host.state() != PresenceState.ISOLATED) {
            return host.evidence();
        }
        return host.links.stream()
                .filter(link -> link.side(link.other(host.name)).claim() != LinkClaim.UP)
                .map(link -> link.other(host.name))
                .sorted()
                .toList();
    }

    private static Point presence(MeshHost host, String state, @Nullable String evidence, long now, double trouble) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("state", state);
        if (evidence != null && !evidence.isEmpty()) {
            labels.put("evidence", evidence);
        }
        return Point.of(new Subject(host.name, PRESENCE, Labels.of(labels)), now, Map.of("presence_trouble", trouble));
    }

    /** 1 is worth a warning, 2 is high, 3 critical. */
    private static int trouble(PresenceState state) {
        return switch (state) {
            case UP, EXPECTED_ABSENCE, LEFT -> 0;
            case SUSPECT, TELEMETRY_LOST, SILENT -> 1;
            case UNREACHABLE -> 2;
            case ISOLATED, DOWN -> 3;
        };
    }

    /** Of who speaks, its own word must have come since: the dead look cut off before they look silent. */
    private static boolean settled(MeshHost host, long now) {
        return switch (host.state()) {
            case UP, EXPECTED_ABSENCE, LEFT -> true;
            case SUSPECT, UNREACHABLE, ISOLATED -> host.lastHeard() - host.since() >= SETTLED;
            case DOWN -> now - host.since() >= SETTLED;
            case TELEMETRY_LOST -> now - host.since() >= LOST_SETTLED;
            case SILENT -> now - host.since() >= SILENCE_SETTLED;
        };
    }

    void recall(Iterable<OpenTrouble> kept) {
        kept.forEach(trouble -> open.put(trouble.key(), trouble));
    }

    /** @param simulated whether the demo made them up */
    void splits(List<Split> splits, boolean simulated, long now) {
        Map<String, OpenTrouble> current = new HashMap<>();
        Map<String, Double> parts = new HashMap<>();
        for (Split split : splits) {
            String members = String.join(
                    " | ", split.parts().stream().map(Conclusions::names).toList());
            OpenTrouble trouble = new OpenTrouble(NETWORK, Map.of("split", split.sizes(), "members", members), "");
            boolean settled = split.since() != null && now - split.since().toEpochMilli() >= SPLIT_SETTLED;
            if (settled || open.containsKey(trouble.key())) {
                current.put(trouble.key(), trouble);
                parts.put(trouble.key(), (double) split.parts().size());
            }
        }
        tell(NETWORK, "mesh_parts", 1, current, parts, simulated, now);
    }

    /** Of hosts, their own trouble tells; relays and regions have no voice. */
    void incidents(Collection<IncidentLive> lasting, long now) {
        Map<String, OpenTrouble> current = new HashMap<>();
        Map<String, Double> links = new HashMap<>();
        boolean simulated = false;
        for (IncidentLive incident : lasting) {
            if (!incident.cause().equals("host") && now - incident.startedAt().toEpochMilli() >= SETTLED) {
                OpenTrouble trouble = incident(incident);
                current.put(trouble.key(), trouble);
                links.put(trouble.key(), (double) incident.links());
                simulated |= incident.simulated();
            }
        }
        tell(INCIDENT, "incident_links", 0, current, links, simulated, now);
    }

    private static OpenTrouble incident(IncidentLive incident) {
        List<String> hurt =
                incident.children().stream().map(IncidentLive.Child::host).toList();
        return new OpenTrouble(
                INCIDENT,
                Map.of(
                        "cause", incident.cause(),
                        "name", incident.name(),
                        "hosts", Integer.toString(hurt.size()),
                        "children", names(hurt)),
                incident.id());
    }

    /**
     * @param trouble null: it is none
     * @param share of the links that are relayed
     */
    void relaying(@Nullable OpenTrouble trouble, double share, boolean simulated, long now) {
        Map<String, OpenTrouble> current = trouble == null ? Map.of() : Map.of(trouble.key(), trouble);
        if (trouble != null && open.containsKey(trouble.key()) && share != lastShare) {
            add(simulated, point(trouble, "relayed_share", share, now));
        }
        // What has another name now is not back to anything, it is over.
        double over = trouble == null ? share : Staleness.MARKER;
        tell(
                PATHS,
                "relayed_share",
                over,
                current,
                trouble == null ? Map.of() : Map.of(trouble.key(), share),
                simulated,
                now);
        lastShare = share;
    }

    private void tell(
            String kind,
            String field,
            double over,
            Map<String, OpenTrouble> current,
            Map<String, Double> values,
            boolean simulated,
            long now) {
        for (OpenTrouble known : List.copyOf(open.values())) {
            if (known.kind().equals(kind) && !current.containsKey(known.key())) {
                open.remove(known.key());
                outlet.trouble(known.key(), null);
                add(simulated, point(known, field, over, now));
            }
        }
        current.forEach((key, trouble) -> {
            if (open.putIfAbsent(key, trouble) == null) {
                outlet.trouble(key, trouble);
                add(simulated, point(trouble, field, values.getOrDefault(key, over), now));
            }
        });
    }

    private static Point point(OpenTrouble trouble, String field, double value, long now) {
        return Point.of(new Subject(NETWORK, trouble.kind(), Labels.of(trouble.labels())), now, Map.of(field, value));
    }

    static String names(List<String> hosts) {
        if (hosts.size() <= MOST_NAMES) {
            return String.join(", ", hosts);
        }
        return String.join(", ", hosts.subList(0, MOST_NAMES)) + " and " + (hosts.size() - MOST_NAMES) + " more";
    }
}
