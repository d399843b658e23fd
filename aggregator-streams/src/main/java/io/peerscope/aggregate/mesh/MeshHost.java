package io.peerscope.aggregate.mesh;

import io.peerscope.aggregate.live.ReportInterval;
import io.peerscope.contracts.link.HostPresence;
import io.peerscope.contracts.link.LinkVerdict;
import io.peerscope.contracts.link.PresenceState;
import io.peerscope.contracts.point.Labels;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A host in the graph: when it spoke, with whom it is linked, and what that makes of it. */
final class MeshHost {
    private static final long CHURN_MILLIS = 10 * 60_000L;
    private static final long FLAP_MILLIS = 5 * 60_000L;
    /** Longer than it takes a fleet that lost its server to come back: agents wait for at most 15 s between two tries. */
    private static final long AWAITED_MILLIS = 60_000;

    private static final double OVERDUE_INTERVALS = 1.25;
    private static final long ON_THE_WAY_MILLIS = 1000;

    final String name;
    /** Shared with the mesh, who changes it. */
    final List<Link> links;

    private final ReportInterval interval;
    private final AbsencePattern pattern;
    private final Deque<Long> changes = new ArrayDeque<>();
    private boolean speaks = true;
    private boolean saidGoodbye;
    private boolean simulated;
    private String region = "";
    /** Not remembered: it says them with every report. */
    private Map<String, String> labels = Map.of();

    private long lastHeard;
    private long heardAt;
    /** Since when it is heard without a pause, by the patient clock; not before it was heard by this task. */
    private long backSince = Long.MAX_VALUE;

    private long linkedAt = Long.MIN_VALUE;
    private long silentAt = Long.MIN_VALUE;
    private PresenceState state = PresenceState.UP;
    private long since;
    private List<String> evidence = List.of();
    private long leaves;
    private long crashes;
    private long flaps;
    private final Availability availability = new Availability();

    /** What rules know of it, so that it can be taken back; null: no trouble. */
    @Nullable
    String alertState;

    @Nullable
    String alertEvidence;

    @Nullable
    String explainedBy;

    boolean news = true;
    long peersAt = Long.MIN_VALUE;
    long shownAt = Long.MIN_VALUE;

    MeshHost(String name, long now, List<Link> links) {
        this(name, links, new ReportInterval(0), new AbsencePattern());
        this.since = now;
    }

    private MeshHost(String name, List<Link> links, ReportInterval interval, AbsencePattern pattern) {
        this.name = name;
        this.links = links;
        this.interval = interval;
        this.pattern = pattern;
    }

    void hear(long receivedAt, long patientNow, boolean byTheDemo) {
        if (!speaks || backSince == Long.MAX_VALUE || late(patientNow)) {
            backSince = patientNow;
        }
        interval.observe(lastHeard == 0 ? 0 : receivedAt - lastHeard);
        if (!speaks && !saidGoodbye && silentAt != Long.MIN_VALUE && receivedAt - silentAt < FLAP_MILLIS) {
            flaps++;
        }
        news |= !speaks;
        speaks = true;
        saidGoodbye = false;
        silentAt = Long.MIN_VALUE;
        lastHeard = Math.max(lastHeard, receivedAt);
        heardAt = patientNow;
        simulated = byTheDemo;
        pattern.heard(receivedAt);
    }

    void goodbye(long receivedAt) {
        if (receivedAt >= lastHeard && !saidGoodbye) {
            saidGoodbye = true;
            speaks = false;
            leaves++;
            news = true;
            links.forEach(link -> link.side(name).forgetNow());
        }
    }

    void describe(Labels said) {
        labels = said.asMap();
        String place = Places.of(said);
        region = place.isEmpty() ? region : place;
    }

    Map<String, String> labels() {
        return labels;
    }

    /** @param factor and grace: after so many of its own intervals, and so much more, it is silent */
    void age(long patientNow, long lived, long now, double factor, long grace) {
        if (speaks && patientNow - heardAt > factor * interval.expected() + grace) {
            speaks = false;
            silentAt = now;
            crashes += pattern.expectedAt(now) ? 0 : 1;
            news = true;
        }
        if (!saidGoodbye && (speaks || !pattern.expectedAt(now))) {
            availability.add(now, lived / 1000.0, speaks);
        }
        if (!speaks) {
            pattern.turn(now);
        }
    }

    void judge(Corroboration.Finding finding, boolean cutOff, long now) {
        if (state == PresenceState.DOWN && finding.state() == PresenceState.SILENT) {
            return; // peers give up on the dead; that is no news of them
        }
        PresenceState next = finding.state();
        boolean linkless =
                cutOff && linkedAt != Long.MIN_VALUE && (next == PresenceState.UP || next == PresenceState.UNREACHABLE);
        if (linkless) {
            next = PresenceState.ISOLATED;
        }
        if (next != state) {
            state = next;
            since = now;
            evidence = finding.evidence();
            news = true;
        } else if (!finding.evidence().equals(evidence)) {
            evidence = finding.evidence();
            news = true;
        }
    }

    void linkChanged(long now) {
        changes.addLast(now);
        if (changes.size() > 10_000) {
            changes.removeFirst();
        }
        news = true;
    }

    void linked(long now) {
        linkedAt = now;
    }

    void forgetLinks(long before) {
        if (linkedAt < before) {
            linkedAt = Long.MIN_VALUE;
        }
    }

    boolean speaks() {
        return speaks;
    }

    /** It has links and speaks, or did until a moment ago. */
    boolean awaited(long now) {
        boolean lately = silentAt != Long.MIN_VALUE && !saidGoodbye && now - silentAt < AWAITED_MILLIS;
        return !links.isEmpty() && (speaks || lately);
    }

    /** Whether its next word of its links should have come; of who never spoke of any, its next word. */
    boolean overdue(long patientNow) {
        if (!speaks) {
            return true;
        }
        boolean any = false;
        for (Link link : links) {
            Side side = link.side(name);
            if (side.known()) {
                any = true;
                if (!side.overdue(patientNow) || (omits(link) && !side.overdue(patientNow, heardAt))) {
                    return false;
                }
            }
        }
        return any || late(patientNow);
    }

    /** Whether it was heard when it should have mentioned the link, and did not. */
    boolean omits(Link link) {
        return speaks && link.side(name).leftOut(backSince, heardAt);
    }

    private boolean late(long patientNow) {
        return patientNow - heardAt > OVERDUE_INTERVALS * interval.expected() + ON_THE_WAY_MILLIS;
    }

    boolean saidGoodbye() {
        return saidGoodbye;
    }

    boolean simulated() {
        return simulated;
    }

    boolean absenceExpected(long now) {
        return pattern.expectedAt(now);
    }

    String place() {
        return region.isEmpty() ? name : region;
    }

    String region() {
        return region;
    }

    PresenceState state() {
        return state;
    }

    long since() {
        return since;
    }

    long lastHeard() {
        return lastHeard;
    }

    List<String> evidence() {
        return evidence;
    }

    int linksUp() {
        return (int) links.stream().filter(Link::up).count();
    }

    /** Links that came up or went down a minute, over the last ten. */
    double churn(long now) {
        while (!changes.isEmpty() && changes.getFirst() < now - CHURN_MILLIS) {
            changes.removeFirst();
        }
        return changes.size() * 60_000.0 / CHURN_MILLIS;
    }

    HostPresence shown(long now) {
        int up = linksUp();
        int contradictions = (int) links.stream()
                .filter(link -> link.verdict() == LinkVerdict.CONTRADICTION)
                .count();
        return new HostPresence(
                name,
                state,
                Instant.ofEpochMilli(since),
                evidence,
                up,
                links.size() - up,
                contradictions,
                churn(now),
                explainedBy,
                leaves,
                crashes,
                flaps,
                Math.round(availability.up()),
                Math.round(availability.expected()));
    }

    HostMemory memory(long now, @Nullable String mesh) {
        return new HostMemory(
                shown(now),
                lastHeard,
                interval.observed(),
                region,
                saidGoodbye,
                linkedAt,
                pattern.text(),
                availability.days(),
                mesh,
                alertState,
                alertEvidence,
                simulated);
    }

    static MeshHost recalled(HostMemory kept, List<Link> links) {
        HostPresence shown = kept.presence();
        MeshHost host = new MeshHost(
                shown.host(), links, new ReportInterval(kept.intervalMillis()), AbsencePattern.of(kept.pattern()));
        host.state = shown.state();
        host.since = shown.since().toEpochMilli();
        host.evidence = shown.evidence();
        host.explainedBy = shown.explainedBy();
        host.leaves = shown.leaves();
        host.crashes = shown.crashes();
        host.flaps = shown.flaps();
        host.availability.recall(kept.days());
        host.lastHeard = kept.lastHeard();
        host.region = kept.region();
        host.saidGoodbye = kept.saidGoodbye();
        host.linkedAt = kept.linkedAt();
        host.alertState = kept.alertState();
        host.alertEvidence = kept.alertEvidence();
        host.simulated = kept.simulated();
        host.speaks = switch (shown.state()) {
            case UP, ISOLATED, UNREACHABLE, SUSPECT -> true;
            case TELEMETRY_LOST, SILENT, DOWN, EXPECTED_ABSENCE, LEFT -> false;
        };
        host.news = false;
        return host;
    }
}
