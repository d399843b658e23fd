package io.peerscope.query.history;

import java.util.List;

/**
 * How a question is answered. All times epoch milliseconds.
 *
 * @param tier which names the answer: the longest that is read
 * @param step length of a step; steps start at multiples of it, those of months at calendar months
 * @param segments what is read, from the oldest and longest tier to the newest and shortest; their ranges join
 */
public record HistoryPlan(Tier tier, long from, long to, long step, List<Segment> segments) {
    /** One tier over one range, {@code to} exclusive. */
    public record Segment(Tier tier, long from, long to) {
        /** Rows of one subject. */
        long rows() {
            long every = tier == Tier.RAW ? HistoryPlanner.REPORT_MILLIS : tier.resolution();
            return Math.ceilDiv(to - from, every);
        }
    }

    /** Calendar months that make a step. */
    public long monthsOfStep() {
        return Math.max(1, step / Tier.MONTH.resolution());
    }
}
