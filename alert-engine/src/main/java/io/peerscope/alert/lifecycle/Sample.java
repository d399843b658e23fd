package io.peerscope.alert.lifecycle;

import io.peerscope.alert.rule.Finding;
import org.jspecify.annotations.Nullable;

/**
 * One judged value.
 *
 * @param at corrected event time, epoch milliseconds
 * @param receivedAt when ingest received it
 * @param value what is judged; NaN where it is not known: the subject fell silent before anything was kept of it
 * @param holdsFor for how long it stands for the condition if no other follows, milliseconds
 * @param finding of a rule that detects, what was seen and expected; null of others
 */
public record Sample(
        long at,
        long receivedAt,
        double value,
        long holdsFor,
        @Nullable Finding finding) {
    /** {@code previousAt} of the first sample of a subject. */
    public static final long NEVER = Long.MIN_VALUE;

    /** As good as for ever, and far from where sums of times overflow. */
    private static final long UNTIL_ANOTHER = 100L * 365 * 86_400_000;

    private static final long SHORTEST_HOLD = 20_000;
    private static final int INTERVALS = 3;
    private static final long SLACK = 2_000;

    /**
     * Holds for three of its sender's intervals and 2 s, at least 20 s, so that neither a lost sample nor a late batch
     * looks like an end, and never longer than a gap may be.
     *
     * @param previousAt event time of the sample before, {@link #NEVER} if there was none
     */
    public static Sample of(long at, long receivedAt, double value, long previousAt, long staleAfter) {
        return new Sample(at, receivedAt, value, holdsFor(at, previousAt, staleAfter), null);
    }

    /** For how long a sample stands if no other follows. */
    public static long holdsFor(long at, long previousAt, long staleAfter) {
        long interval = previousAt == NEVER ? 0 : at - previousAt;
        long hold = interval > staleAfter ? 0 : interval * INTERVALS + SLACK;
        return Math.min(Math.max(hold, SHORTEST_HOLD), staleAfter);
    }

    /**
     * Nothing was sent for so long that it counts: true until something is.
     *
     * @param at when that became so
     */
    public static Sample absence(long at, long now) {
        return new Sample(at, now, 1, UNTIL_ANOTHER, null);
    }

    public Sample with(@Nullable Finding newFinding) {
        return newFinding == null ? this : new Sample(at, receivedAt, value, holdsFor, newFinding);
    }

    /** The value of the field, as people know it. */
    double shown() {
        return finding == null ? value : finding.value();
    }
}
