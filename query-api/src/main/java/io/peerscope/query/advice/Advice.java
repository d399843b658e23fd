package io.peerscope.query.advice;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One piece of advice, with what it rests on, so that it can be computed again.
 *
 * @param id the same for the same advice, whenever it is given
 * @param map that should move; null where it is about links
 * @param from the host that runs the map now, or one end of the link
 * @param to the host that should run it, or the other end
 * @param via through what a link should go; null of others
 * @param peers whose latencies were averaged; or the ends of the link that is the only one
 * @param metric latency_ms (milliseconds), or hosts that one failure would cut off
 * @param before as it was when this was said last, {@code predicted} how it should become, {@code gain} the difference
 * @param measured how it became; null until then
 * @param headroom of the host that should do more, from 0 to 1; null where it tells nothing of its load
 */
public record Advice(
        String id,
        AdviceKind kind,
        AdviceState state,
        @Nullable String map,
        String from,
        String to,
        @Nullable String via,
        List<String> peers,
        String metric,
        double before,
        double predicted,
        double gain,
        @Nullable Double measured,
        @Nullable Double measuredGain,
        @Nullable Double headroom,
        Instant madeAt,
        @Nullable Instant appliedAt,
        @Nullable Instant measuredAt,
        boolean simulated) {
    static final String LATENCY = "latency_ms";
    static final String HOSTS_CUT_OFF = "hosts_cut_off";

    /** So much of what was said must have come true. */
    private static final double CONFIRMED_FROM = 0.5;

    static Advice open(
            AdviceKind kind,
            @Nullable String map,
            String from,
            String to,
            @Nullable String via,
            List<String> peers,
            String metric,
            double before,
            double predicted,
            @Nullable Double headroom,
            Instant now,
            boolean simulated) {
        String id =
                kind.word() + ":" + (map == null ? "" : map + ":") + from + ":" + to + (via == null ? "" : ":" + via);
        return new Advice(
                id,
                kind,
                AdviceState.OPEN,
                map,
                from,
                to,
                via,
                List.copyOf(peers),
                metric,
                rounded(before),
                rounded(predicted),
                rounded(before - predicted),
                null,
                null,
                headroom == null ? null : (Double) rounded(headroom),
                now,
                null,
                null,
                simulated);
    }

    /** What it is about, whatever the remedy: of several remedies one is advised. */
    String matter() {
        return switch (kind) {
            case MOVE_MAP -> kind.word() + ":" + from;
            case RELAY_LINK -> kind.word() + ":" + from + ":" + to;
            case SECOND_LINK -> kind.word() + ":" + peers;
            case RECOMMEND_PEER -> id;
        };
    }

    /** What of the trouble would go, from 0 to 1. */
    public double gainShare() {
        return before <= 0 ? 0 : Math.clamp(gain / before, 0, 1);
    }

    boolean live() {
        return state == AdviceState.OPEN || state == AdviceState.APPLIED;
    }

    /** The same advice with the numbers of now. */
    Advice renewed(Advice now) {
        return new Advice(
                id,
                kind,
                state,
                map,
                from,
                to,
                via,
                now.peers,
                metric,
                now.before,
                now.predicted,
                now.gain,
                null,
                null,
                now.headroom,
                madeAt,
                null,
                null,
                now.simulated);
    }

    Advice applied(Instant at) {
        return turned(AdviceState.APPLIED, null, null, at, null);
    }

    Advice judged(double value, Instant at) {
        double brought = before - value;
        AdviceState verdict = brought >= CONFIRMED_FROM * gain ? AdviceState.CONFIRMED : AdviceState.REFUTED;
        return turned(verdict, rounded(value), rounded(brought), appliedAt, at);
    }

    /** What was said stays; what became of it is new. */
    private Advice turned(
            AdviceState next,
            @Nullable Double value,
            @Nullable Double brought,
            @Nullable Instant followedAt,
            @Nullable Instant judgedAt) {
        return new Advice(
                id,
                kind,
                next,
                map,
                from,
                to,
                via,
                peers,
                metric,
                before,
                predicted,
                gain,
                value,
                brought,
                headroom,
                madeAt,
                followedAt,
                judgedAt,
                simulated);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
