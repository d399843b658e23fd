package io.peerscope.query.history;

import java.time.Duration;
import java.time.Instant;

/**
 * Chooses the tier: raw points where they reach back far enough and are few enough to be read quickly, else minutes.
 * The last minutes are always read from raw points, so that the newest sample is in every answer.
 */
public final class HistoryPlanner {
    /** How often hosts report, for estimates. */
    private static final int REPORT_SECONDS = 5;

    /** After so long a minute is closed unless its host is behind, and then it is healed later. */
    private static final Duration OPEN_MINUTES = Duration.ofMinutes(5);

    /** Rows beyond the retention that one rounds away. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    /**
     * @param rawKept how far back raw points are complete
     * @param maxRawRows estimated raw points that one answer may read
     * @param maxMinuteRows estimated minutes that one answer may read
     */
    public record Limits(Duration rawKept, long maxRawRows, long maxMinuteRows) {}

    private final Limits limits;

    public HistoryPlanner(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param subjects how many subjects match
     * @throws RangeTooWideException where no tier can answer quickly
     */
    public HistoryPlan plan(HistoryRequest request, int subjects, Instant now) {
        long seconds = Duration.between(request.from(), request.to()).toSeconds() + 1;
        boolean rawReaches =
                !request.from().isBefore(now.minus(limits.rawKept()).minus(SLACK));
        long rawRows = subjects * seconds / REPORT_SECONDS;
        if (request.aggregate().needsSamples()) {
            refuse(
                    !rawReaches,
                    "percentiles need raw points, which are kept for "
                            + limits.rawKept().toHours() + " hours");
            refuse(rawRows > limits.maxRawRows(), tooMany(rawRows, limits.maxRawRows(), "raw points"));
            return plan(Tier.RAW, request, request.from());
        }
        if (rawReaches && rawRows <= limits.maxRawRows()) {
            return plan(Tier.RAW, request, request.from());
        }
        long minuteRows = subjects * seconds / 60;
        refuse(minuteRows > limits.maxMinuteRows(), tooMany(minuteRows, limits.maxMinuteRows(), "minutes"));
        return plan(Tier.MINUTE, request, now.minus(OPEN_MINUTES));
    }

    private static HistoryPlan plan(Tier tier, HistoryRequest request, Instant rawFrom) {
        long minute = Tier.MINUTE.resolution();
        long from = request.from().toEpochMilli();
        long to = request.to().toEpochMilli();
        long raw = rawFrom.toEpochMilli();
        return switch (tier) {
            case RAW -> new HistoryPlan(tier, from, to, step(tier, from, to, request.maxPoints()), from);
            case MINUTE -> {
                long start = Math.floorDiv(from, minute) * minute;
                yield new HistoryPlan(
                        tier,
                        start,
                        to,
                        step(tier, start, to, request.maxPoints()),
                        Math.floorDiv(raw, minute) * minute);
            }
        };
    }

    /** The smallest multiple of the resolution whose aligned steps over the range are at most {@code maxPoints}. */
    static long step(Tier tier, long from, long to, int maxPoints) {
        long multiple = Math.max(1, Math.ceilDiv(to - from, maxPoints * tier.resolution()));
        while (true) {
            long step = multiple * tier.resolution();
            if (Math.floorDiv(to - 1, step) - Math.floorDiv(from, step) + 1 <= maxPoints
                    || maxPoints == 1 && step > to) {
                return step;
            }
            multiple++;
        }
    }

    private static void refuse(boolean wrong, String why) {
        if (wrong) {
            throw new RangeTooWideException(why);
        }
    }

    private static String tooMany(long rows, long limit, String what) {
        return "this would read about %d %s; the limit is %d. Ask for fewer hosts or a shorter time"
                .formatted(rows, what, limit);
    }
}
