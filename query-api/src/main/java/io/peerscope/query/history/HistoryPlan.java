package io.peerscope.query.history;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * How a question is answered. All times epoch milliseconds.
 *
 * @param tier which names the answer: the longest that is read
 * @param from of what is read: buckets are read whole
 * @param to the same; exclusive
 * @param step length of a step; steps start at multiples of it, those of months at calendar months
 * @param segments what is read, from the oldest and longest tier to the newest and shortest; their ranges join
 */
public record HistoryPlan(Tier tier, long from, long to, long step, List<Segment> segments) {
    private static final long HOUR = 3_600_000;
    private static final long LONGEST_MONTH = 31 * 86_400_000L;

    /** One tier over one range, {@code to} exclusive. */
    public record Segment(Tier tier, long from, long to) {
        /** Rows of one subject from some time on. */
        long rows(long since) {
            long every = tier == Tier.RAW ? HistoryPlanner.REPORT_MILLIS : tier.resolution();
            return Math.ceilDiv(Math.max(0, to - Math.max(from, since)), every);
        }
    }

    /** Start of the step that a time lies in. */
    public long stepOf(long millis) {
        if (tier != Tier.MONTH) {
            return Math.floorDiv(millis, step) * step;
        }
        long first = numberOf(millis) * monthsOfStep();
        return OffsetDateTime.of((int) (first / 12), (int) (first % 12) + 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)
                .toInstant()
                .toEpochMilli();
    }

    private long numberOf(long millis) {
        return tier.numberOf(millis, step);
    }

    /** Steps that the range touches from some time on: as many points as a series can have. */
    long steps(long since) {
        long begin = Math.max(from, since);
        return begin >= to ? 0 : numberOf(to - 1) - numberOf(begin) + 1;
    }

    /** Rows of one subject from some time on. */
    long rows(long since) {
        return segments.stream().mapToLong(segment -> segment.rows(since)).sum();
    }

    /** Milliseconds between two values of which a rate can be made: an hour, but any two of one step are near enough. */
    public long longestGap() {
        return Math.max(HOUR, tier == Tier.MONTH ? monthsOfStep() * LONGEST_MONTH : step);
    }

    /** Calendar months that make a step. */
    public long monthsOfStep() {
        return Math.max(1, step / Tier.MONTH.resolution());
    }
}
