package io.peerscope.query.history;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

    /** Start of the step that a time lies in. */
    public long stepOf(long millis) {
        if (tier != Tier.MONTH) {
            return Math.floorDiv(millis, step) * step;
        }
        OffsetDateTime time = Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
        long month = time.getYear() * 12L + time.getMonthValue() - 1;
        long first = month - month % monthsOfStep();
        return OffsetDateTime.of((int) (first / 12), (int) (first % 12) + 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)
                .toInstant()
                .toEpochMilli();
    }

    /** Calendar months that make a step. */
    public long monthsOfStep() {
        return Math.max(1, step / Tier.MONTH.resolution());
    }
}
