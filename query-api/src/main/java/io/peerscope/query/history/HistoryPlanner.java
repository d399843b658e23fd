package io.peerscope.query.history;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.catalogue.MetricDefinition;
import io.peerscope.contracts.point.Subject;
import io.peerscope.query.history.HistoryPlan.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Chooses the tier: the finest that reaches back far enough and is read quickly. Its newest end may not be there yet, so
 * the rest is read from the tier below it, and so on down to raw points: the newest sample is in every answer.
 */
public final class HistoryPlanner {
    /** How often hosts report, for estimates. */
    static final long REPORT_MILLIS = 5_000;

    /** After so long a minute is closed unless its host is behind, and then it is healed later. */
    private static final Duration OPEN_MINUTES = Duration.ofMinutes(5);

    private static final long LONGEST_MONTH = Duration.ofDays(31).toMillis();

    /** Rows beyond the retention that one rounds away. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    /**
     * @param kept how far back each tier is complete; months are kept for ever
     * @param quickRows rows that one answer reads in a moment; beyond it a longer tier is taken. A row counts once for each
     *     metric that is taken out of it.
     * @param mostRows rows that one answer may read where there is no longer tier to take
     * @param mostSeries in an answer
     * @param mostPoints in an answer; one takes about 100 bytes until it is sent
     */
    public record Limits(Map<Tier, Duration> kept, long quickRows, long mostRows, int mostSeries, int mostPoints) {
        private static final int MOST_SERIES = 2_000;
        private static final int MOST_POINTS = 500_000;
        /** Until the last row is read, a percentile is a sketch of some kilobytes. */
        private static final int SKETCH = 10;

        public Limits(Map<Tier, Duration> kept, long quickRows, long mostRows) {
            this(kept, quickRows, mostRows, MOST_SERIES, MOST_POINTS);
        }

        public int mostPoints(HistoryPlan plan, Aggregate aggregate) {
            return aggregate.share().isPresent() && plan.tier() != Tier.RAW ? mostPoints / SKETCH : mostPoints;
        }

        Duration keptOf(Tier tier) {
            return tier == Tier.MONTH ? Duration.ofDays(365_000) : kept.getOrDefault(tier, Duration.ZERO);
        }
    }

    /** Fields of no kind that hosts send. */
    private static final Set<String> CONCLUDED = MetricCatalogue.load().all().stream()
            .filter(metric -> Subject.ROLLED_UP_WITHOUT_SAMPLES.containsAll(metric.kinds()))
            .map(MetricDefinition::name)
            .collect(Collectors.toUnmodifiableSet());

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

    public Limits limits() {
        return current.get();
    }

    /**
     * @param breadth of the subjects that match and have sent what is asked for
     * @throws RangeTooWideException where no tier can answer quickly
     */
    public HistoryPlan plan(HistoryRequest request, Breadth breadth, Instant now, Reach reach) {
        HistoryPlan plan = choose(request, breadth, now, reach);
        excess(plan, breadth, request, reach).ifPresent(limit -> {
            throw new RangeTooWideException(limit);
        });
        return plan;
    }

    /**
     * What is quick, or else the least work that there is, however much that may be.
     *
     * @throws RangeTooWideException where nothing is kept that far back
     */
    public HistoryPlan choose(HistoryRequest request, Breadth breadth, Instant now, Reach reach) {
        Limits limits = current.get();
        HistoryPlan coarsest = null;
        HistoryPlan young = null;
        for (Tier tier : Tier.values()) {
            if (tier != Tier.RAW && needsSamples(request)) {
                break;
            }
            if (tier == Tier.RAW && isConcluded(request)) {
                continue;
            }
            if (!reaches(tier, request, limits, now, reach)) {
                continue;
            }
            HistoryPlan plan = plan(tier, request, now, reach);
            if (!begun(tier, request, reach)) {
                young = young == null ? plan : young;
                continue;
            }
            if (rows(plan, breadth) <= limits.quickRows()
                    && points(plan, breadth) <= limits.mostPoints(plan, request.aggregate())) {
                return plan;
            }
            // Coarser steps are worth it where they save half of the work.
            if (coarsest == null || 2 * plan.rows(breadth.since()) <= coarsest.rows(breadth.since())) {
                coarsest = plan;
            }
        }
        if (coarsest == null && young != null) {
            return young;
        }
        if (coarsest == null) {
            throw new RangeTooWideException(tooFarBack(request, limits));
        }
        return coarsest;
    }

    /** There are roll-ups of what is concluded of links, and no samples. */
    private static boolean isConcluded(HistoryRequest request) {
        return request.kind() == null
                ? CONCLUDED.containsAll(request.metrics())
                : Subject.ROLLED_UP_WITHOUT_SAMPLES.contains(request.kind());
    }

    /** Why a plan is too much; empty where it is not. Estimated without reading anything. */
    public Optional<String> excess(HistoryPlan plan, Breadth breadth, HistoryRequest request, Reach reach) {
        Limits limits = current.get();
        // Nothing was dropped yet from what a tier will be made of that has not begun, and that is not much.
        boolean young = !begun(plan.tier(), request, reach);
        long rows = young ? 0 : rows(plan, breadth);
        long points = young ? 0 : points(plan, breadth);
        int mostPoints = limits.mostPoints(plan, request.aggregate());
        if (breadth.series() > limits.mostSeries()) {
            return Optional.of(
                    "this makes %d series; the limit is %d. Ask for fewer hosts or metrics, or put them together with group_by"
                            .formatted(breadth.series(), limits.mostSeries()));
        }
        if (points > mostPoints) {
            return Optional.of(
                    "this makes about %d points; the limit is %d. Ask for fewer hosts or metrics, or give a lower max_points"
                            .formatted(points, mostPoints));
        }
        return rows > limits.mostRows()
                ? Optional.of("this would read about %d rows, counted for each metric; the limit is %d. "
                                .formatted(rows, limits.mostRows())
                        + "Ask for fewer hosts or metrics, or a shorter time")
                : Optional.empty();
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
        return request.aggregate().share().isPresent() && !unsketched(request).isEmpty();
    }

    private List<String> unsketched(HistoryRequest request) {
        return request.metrics().stream().filter(sketched.negate()).toList();
    }

    private static long rows(HistoryPlan plan, Breadth breadth) {
        return breadth.values() * plan.rows(breadth.since());
    }

    private static long points(HistoryPlan plan, Breadth breadth) {
        return breadth.series() * Math.min(plan.steps(breadth.since()), plan.rows(breadth.since()));
    }

    private String tooFarBack(HistoryRequest request, Limits limits) {
        return needsSamples(request)
                ? "percentiles of %s are made of raw points, which are kept for %d hours; roll-ups keep them of fewer fields"
                        .formatted(
                                String.join(", ", unsketched(request)),
                                limits.keptOf(Tier.RAW).toHours())
                : "nothing is kept that far back yet";
    }

    private static HistoryPlan plan(Tier tier, HistoryRequest request, Instant now, Reach reach) {
        long to = request.to().toEpochMilli();
        long from = tier == Tier.RAW
                ? request.from().toEpochMilli()
                : tier.bucket(request.from().toEpochMilli());
        List<Segment> segments = new ArrayList<>();
        // There is nothing below a minute that its newest end could be read from.
        boolean concluded = isConcluded(request);
        long at = from;
        for (int ordinal = tier.ordinal(); ordinal >= 0 && at < to; ordinal--) {
            Tier part = Tier.values()[ordinal];
            long readable = concluded && part == Tier.MINUTE ? Long.MAX_VALUE : readable(part, now, reach);
            long end = to < readable && part != Tier.RAW ? part.next(part.bucket(to - 1)) : Math.min(to, readable);
            if (end > at) {
                segments.add(new Segment(part, at, end));
                at = end;
            }
        }
        long covered = Math.max(to, at);
        return new HistoryPlan(
                tier, from, covered, step(tier, from, covered, request.maxPoints()), List.copyOf(segments));
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
        long longest = tier == Tier.MONTH ? LONGEST_MONTH : tier.resolution();
        long multiple = Math.max(1, Math.ceilDiv(to - from, maxPoints * longest));
        while (true) {
            long step = multiple * tier.resolution();
            if (tier.numberOf(to - 1, step) - tier.numberOf(from, step) + 1 <= maxPoints
                    || maxPoints == 1 && step > to) {
                return step;
            }
            multiple++;
        }
    }
}
