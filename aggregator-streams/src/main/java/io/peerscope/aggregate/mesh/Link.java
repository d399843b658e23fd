package io.peerscope.aggregate.mesh;

import io.peerscope.contracts.link.LinkClaim;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.LinkQuality;
import io.peerscope.contracts.link.LinkVerdict;
import io.peerscope.contracts.link.PathClass;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A link, judged by both of its ends. {@code a} is the end whose name sorts first. */
final class Link {
    /** Below this, two directions that differ are one link that breathes. */
    private static final double ASYMMETRIC_MS = 30;

    private static final double ASYMMETRIC_SHARE = 0.5;
    private static final double ASYMMETRIC_LOSS = 5;

    /** News of a failure needs a report of either end to get around. */
    private static final long CONTRADICTION_AFTER = 10_000;

    private final String a;
    private final String b;
    private final Side fromA = new Side();
    private final Side fromB = new Side();
    private final double[] pathSeconds = new double[PathClass.values().length];
    private LinkVerdict verdict = LinkVerdict.ONE_SIDED;
    private long since;
    private boolean up;
    private long upSince = Long.MIN_VALUE;
    private PathClass path = PathClass.UNKNOWN;
    private String relay = "";
    private long pathChanges;
    private long stateChanges;
    private boolean simulated;
    private long deniedSince = Long.MIN_VALUE;

    /** Something changed that somebody waits for. */
    boolean urgent = true;

    long shownAt = Long.MIN_VALUE;
    long pointAt = Long.MIN_VALUE;
    private String pointed = "";

    Link(String one, String other, long now) {
        boolean inOrder = one.compareTo(other) <= 0;
        this.a = inOrder ? one : other;
        this.b = inOrder ? other : one;
        this.since = now;
    }

    String a() {
        return a;
    }

    String b() {
        return b;
    }

    String key() {
        return LinkLive.key(a, b);
    }

    String other(String end) {
        return end.equals(a) ? b : a;
    }

    Side side(String end) {
        return end.equals(a) ? fromA : fromB;
    }

    boolean up() {
        return up;
    }

    boolean changedSincePoint() {
        return !pointed.equals(words());
    }

    void pointMade(long now) {
        pointAt = now;
        pointed = words();
    }

    private String words() {
        return up + verdict.word() + path.word();
    }

    boolean everUp() {
        return upSince != Long.MIN_VALUE;
    }

    LinkVerdict verdict() {
        return verdict;
    }

    PathClass path() {
        return path;
    }

    /** Something stands between its ends. */
    boolean relayed() {
        return switch (path) {
            case RELAY, TURN, VPS -> true;
            case DIRECT, UNKNOWN -> false;
        };
    }

    String relay() {
        return relay;
    }

    boolean simulated() {
        return simulated;
    }

    boolean anyFresh() {
        return fromA.fresh() || fromB.fresh();
    }

    /** When an end was last heard of it, epoch milliseconds. */
    long lastHeard() {
        return Math.max(fromA.receivedAt(), fromB.receivedAt());
    }

    void madeUp(boolean byTheDemo) {
        simulated = byTheDemo;
    }

    /**
     * Looks again, once a tick.
     *
     * @param patientNow by which words run out
     * @param lived how much of the time since the last tick the task was at work
     * @return whether it came up or went down
     */
    boolean judge(long patientNow, long lived, long now) {
        urgent |= fromA.age(patientNow);
        urgent |= fromB.age(patientNow);
        boolean was = up;
        boolean nowUp = (fromA.claim() == LinkClaim.UP || fromB.claim() == LinkClaim.UP)
                && fromA.claim() != LinkClaim.DOWN
                && fromB.claim() != LinkClaim.DOWN;
        if (nowUp != up) {
            up = nowUp;
            upSince = now;
            stateChanges++;
            urgent = true;
        }
        route();
        if (up) {
            pathSeconds[path.ordinal()] += lived / 1000.0;
        }
        LinkVerdict next = verdictNow(now);
        if (next != verdict) {
            verdict = next;
            since = now;
            urgent = true;
        }
        return was != up;
    }

    private void route() {
        Side better =
                !fromA.fresh() || (fromB.fresh() && fromB.path().or(fromA.path()) == fromB.path()) ? fromB : fromA;
        PathClass next = fromA.fresh() && fromB.fresh() ? fromA.path().or(fromB.path()) : better.path();
        if (next != PathClass.UNKNOWN && next != path) {
            pathChanges += path == PathClass.UNKNOWN ? 0 : 1;
            path = next;
            urgent = true;
        }
        if (!better.relay().equals(relay)) {
            relay = better.relay();
            urgent = true;
        }
    }

    private LinkVerdict verdictNow(long now) {
        boolean denied = (fromA.claim() == LinkClaim.UP && fromB.claim() == LinkClaim.DOWN)
                || (fromA.claim() == LinkClaim.DOWN && fromB.claim() == LinkClaim.UP);
        deniedSince = !denied ? Long.MIN_VALUE : deniedSince == Long.MIN_VALUE ? now : deniedSince;
        if (!fromA.fresh() && !fromB.fresh()) {
            return verdict; // nobody speaks: what they last made of it
        }
        if (!fromA.fresh() || !fromB.fresh()) {
            return LinkVerdict.ONE_SIDED;
        }
        if (denied && now - deniedSince >= CONTRADICTION_AFTER) {
            return LinkVerdict.CONTRADICTION;
        }
        return asymmetric() ? LinkVerdict.ASYMMETRIC : LinkVerdict.AGREED;
    }

    private boolean asymmetric() {
        Double ofA = fromA.field("latency_ms");
        Double ofB = fromB.field("latency_ms");
        if (ofA != null && ofB != null) {
            double difference = Math.abs(ofA - ofB);
            if (difference > Math.max(ASYMMETRIC_MS, ASYMMETRIC_SHARE * Math.max(ofA, ofB))) {
                return true;
            }
        }
        Double loss = difference("packet_loss");
        return loss != null && loss > ASYMMETRIC_LOSS;
    }

    @Nullable
    Double difference(String field) {
        Double ofA = fromA.field(field);
        Double ofB = fromB.field(field);
        return ofA == null || ofB == null ? null : (Double) Math.abs(ofA - ofB);
    }

    private @Nullable Double worse(String field) {
        Double ofA = fromA.field(field);
        Double ofB = fromB.field(field);
        return ofA == null ? ofB : ofB == null ? ofA : (Double) Math.max(ofA, ofB);
    }

    Optional<LinkQuality> quality() {
        if (fromA.claim() == LinkClaim.DOWN || fromB.claim() == LinkClaim.DOWN) {
            return Optional.of(LinkQuality.DOWN);
        }
        return LinkQuality.of(worse("latency_ms"), worse("packet_loss"), worse("jitter_ms"));
    }

    private @Nullable String breaker() {
        String ofA = fromA.state("circuit_breaker");
        String ofB = fromB.state("circuit_breaker");
        for (String state : new String[] {"open", "half_open", "closed"}) {
            if (ofA.equals(state) || ofB.equals(state)) {
                return state;
            }
        }
        return null;
    }

    LinkLive shown(long now) {
        Map<String, Double> seconds = new TreeMap<>();
        for (PathClass each : PathClass.values()) {
            if (pathSeconds[each.ordinal()] > 0) {
                seconds.put(each.word(), Math.round(pathSeconds[each.ordinal()] * 10) / 10.0);
            }
        }
        return new LinkLive(
                a,
                b,
                fromA.known() ? fromA.view() : null,
                fromB.known() ? fromB.view() : null,
                verdict,
                Instant.ofEpochMilli(since),
                up,
                upSince == Long.MIN_VALUE ? null : Instant.ofEpochMilli(upSince),
                difference("latency_ms"),
                difference("packet_loss"),
                quality().orElse(null),
                path,
                relay,
                seconds,
                pathChanges,
                stateChanges,
                breaker(),
                simulated,
                Instant.ofEpochMilli(now));
    }

    static Link recalled(LinkLive kept) {
        Link link = new Link(kept.a(), kept.b(), kept.since().toEpochMilli());
        if (kept.fromA() != null) {
            link.fromA.recall(kept.fromA());
        }
        if (kept.fromB() != null) {
            link.fromB.recall(kept.fromB());
        }
        kept.pathSeconds()
                .forEach((word, seconds) -> link.pathSeconds[PathClass.of(word).ordinal()] = seconds);
        link.verdict = kept.verdict();
        link.up = kept.up();
        link.upSince = kept.upSince() == null ? Long.MIN_VALUE : kept.upSince().toEpochMilli();
        link.path = kept.path();
        link.relay = kept.relay();
        link.pathChanges = kept.pathChanges();
        link.stateChanges = kept.stateChanges();
        link.simulated = kept.simulated();
        link.urgent = false;
        return link;
    }
}
