package io.peerscope.query.history;

import io.peerscope.query.history.HistoryPlan.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Chooses the tier: the finest that reaches back far enough and is read quickly. Its newest end may not be there yet, so
 * the rest is read from the tier below it, and so on down to raw points: the newest sample is in every answer.
 */
public final class HistoryPlanner {
    /** How often hosts report, for estimates. */
    static final long REPORT_MILLIS = 5_000;

    /** After so long a minute is closed unless its host is behind, and then it is healed later. */
    private static final Duration OPEN_MINUTES = Duration.ofMinutes(5);

    /** Rows beyond the retention that one rounds away. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    /**
     * @param kept how far back each tier is complete; months are kept for ever
     * @param quickRows rows that one answer reads in a moment; beyond it a longer tier is taken
     * @param mostRows rows that one answer may read where there is no longer tier to take
     */
    public record Limits(Map<Tier, Duration> kept, long quickRows, long mostRows) {
        Duration keptOf(Tier tier) {
            return tier == Tier.MONTH ? Duration.ofDays(365_000) : kept.getOrDefault(tier, Duration.ZERO);
        }
    }

    private final Supplier<Limits> current;
    private final Predicate<String> sketched;

    /** @param sketched of which fields roll-ups keep how values are distributed */
    public HistoryPlanner(Limits limits, Predicate<String> sketched) {
        this(() -> limits, sketched);
    }

    /** @param current asked for each question, so that they may change */
    public HistoryPlanner(Supplier<Limits> current, Predicate<String> sketched) {
        this.sketched = sketched;
        this.current = current;
    }

    /**
     * @param subjects how many subjects match and have sent what is asked for
     * @throws RangeTooWideException where no tier can answer quickly
     */
    public HistoryPlan plan(HistoryRequest request, int subjects, Instant now, Reach reach) {
        Limits limits = current.get();
        HistoryPlan coarsest = null;
        HistoryPlan young = null;
        long fewest = Long.MAX_VALUE;
        for (Tier tier : Tier.values()) {
            if (tier != Tier.RAW && needsSamples(request)) {
                break;
            }
            if (!reaches(tier, request, limits, now, reach)) {
                continue;
            }
            HistoryPlan plan = plan(tier, request, now, reach);
            if (!begun(tier, request, reach)) {
                young = young == null ? plan : young;
                continue;
            }
            long rows = rows(plan, subjects);
            if (rows <= limits.quickRows()) {
                return plan;
            }
            if (rows < fewest) {
                coarsest = plan;
                fewest = rows;
            }
        }
        if (coarsest == null && young != null) {
            return young; // nothing was dropped yet from what it will be made of, and that is not much
        }
        if (coarsest == null) {
            throw new RangeTooWideException(tooFarBack(request, limits));
        }
        if (fewest > limits.mostRows()) {
            throw new RangeTooWideException(
                    "this would read about %d rows; the limit is %d. Ask for fewer hosts or a shorter time"
                            .formatted(fewest, limits.mostRows()));
        }
        return coarsest;
    }

    private static boolean reaches(Tier tier, HistoryRequest request, Limits limits, Instant now, Reach reach) {
        return !request.from().isBefore(now.minus(limits.keptOf(tier)).minus(SLACK))
                && !request.from().isBefore(reach.since(tier).minus(SLACK));
    }

    private static boolean begun(Tier tier, HistoryRequest request, Reach reach) {
        return tier.compareTo(Tier.HOUR) < 0
                || reach.until(tier) > request.from().toEpochMilli();
    }

    private boolean needsSamples(HistoryRequest request) {
        return request.aggregate().share().isPresent()
                && !request.metrics().stream().allMatch(sketched);
    }

    private static long rows(HistoryPlan plan, int subjects) {
        long rows = 0;
        for (Segment segment : plan.segments()) {
            rows += subjects * segment.rows();
        }
        return rows;
    }

    private String tooFarBack(HistoryRequest request, Limits limits) {
        return needsSamples(request)
                ? "percentiles of this field need raw points, which are kept for "
                        + limits.keptOf(Tier.RAW).toHours() + " hours"
                : "nothing is kept that far back yet";
    }

    private static HistoryPlan plan(Tier tier, HistoryRequest request, Instant now, Reach reach) {
        long to = request.to().toEpochMilli();
        long from = tier == Tier.RAW
                ? request.from().toEpochMilli()
                : tier.bucket(request.from().toEpochMilli());
        List<Segment> segments = new ArrayList<>();
        long at = from;
        for (int ordinal = tier.ordinal(); ordinal >= 0 && at < to; ordinal--) {
            Tier part = Tier.values()[ordinal];
            long end = Math.min(to, readable(part, now, reach));
            if (end > at) {
                segments.add(new Segment(part, at, end));
                at = end;
            }
        }
        return new HistoryPlan(tier, from, to, step(tier, from, to, request.maxPoints()), List.copyOf(segments));
    }

    private static long readable(Tier tier, Instant now, Reach reach) {
        return switch (tier) {
            case RAW -> Long.MAX_VALUE;
            case MINUTE -> Tier.MINUTE.bucket(now.minus(OPEN_MINUTES).toEpochMilli());
            case HOUR, DAY, MONTH -> reach.until(tier);
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
}
