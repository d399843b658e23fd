package io.peerscope.query.trend;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest step beside the same one of former weeks.
 *
 * @param at start of the newest step that is over
 * @param former from the newest; weeks without a value are left out
 * @param median of the former values
 * @param difference of the value from the median
 * @param differencePercent the same in percent of the median; null where that is 0
 * @param verdict {@code higher} or {@code lower} than in all of them, {@code usual}, or {@code unknown} where fewer than
 *     two weeks can be told
 */
public record Comparison(
        Instant at,
        @Nullable Double value,
        List<Former> former,
        @Nullable Double median,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Double difference,
        @Nullable Double differencePercent,
        String verdict) {
    private static final int LEAST = 2;

    /** The same step of one former week. */
    public record Former(int weeksAgo, Instant at, double value) {}

    static Comparison of(Steps steps) {
        int now = steps.size() - 1;
        int week = Season.WEEK.length(steps);
        List<Former> former = new ArrayList<>();
        for (int ago = 1; now - ago * week >= 0; ago++) {
            int then = now - ago * week;
            if (steps.has(then)) {
                former.add(new Former(ago, Instant.ofEpochMilli(steps.time(then)), steps.values()[then]));
            }
        }
        double[] values = former.stream().mapToDouble(Former::value).toArray();
        Instant at = Instant.ofEpochMilli(steps.time(now));
        Double value = steps.has(now) ? steps.values()[now] : null;
        if (values.length == 0) {
            return new Comparison(at, value, former, null, null, null, null, null, "unknown");
        }
        double median = Median.of(values);
        double low = former.stream().mapToDouble(Former::value).min().orElseThrow();
        double high = former.stream().mapToDouble(Former::value).max().orElseThrow();
        if (value == null) {
            return new Comparison(at, null, former, median, low, high, null, null, "unknown");
        }
        double difference = value - median;
        return new Comparison(
                at,
                value,
                former,
                median,
                low,
                high,
                difference,
                median == 0 ? null : 100 * difference / Math.abs(median),
                values.length < LEAST ? "unknown" : value > high ? "higher" : value < low ? "lower" : "usual");
    }
}
