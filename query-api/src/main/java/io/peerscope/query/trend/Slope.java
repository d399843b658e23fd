package io.peerscope.query.trend;

import java.util.Arrays;

/**
 * How much a series grows with each step, by Theil and Sen in the form of Hirsch, Slack and Smith (Techniques of trend
 * analysis for monthly water quality data, 1982): the median of the slopes between all pairs of values at the same place
 * of the season. A season as such makes no slope, and of wild values nearly a third may be there.
 *
 * @param low end of the interval that holds the true slope 19 times out of 20; minus infinity where nothing bounds it
 */
record Slope(double perStep, double low, double high, int pairs) {
    /** 19 out of 20, two-sided. */
    private static final double Z = 1.959964;

    static final Slope NONE = new Slope(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0);

    /** @param season length in steps */
    static Slope of(double[] values, int season) {
        double[] slopes = slopes(values, season);
        if (slopes.length == 0) {
            return NONE;
        }
        double middle = Median.ofSorted(slopes);
        Residuals residuals = Residuals.of(values, season, middle);
        return between(slopes, middle, variance(values, season) * residuals.inflation());
    }

    /**
     * The interval that Kendall's rank statistic gives.
     *
     * @param variance of the statistic
     */
    private static Slope between(double[] sorted, double middle, double variance) {
        double width = Z * Math.sqrt(variance);
        int low = (int) Math.floor((sorted.length - width) / 2);
        int high = (int) Math.ceil((sorted.length + width) / 2) - 1;
        return new Slope(
                middle,
                low < 0 ? Double.NEGATIVE_INFINITY : Math.min(sorted[low], middle),
                high >= sorted.length ? Double.POSITIVE_INFINITY : Math.max(sorted[high], middle),
                sorted.length);
    }

    private static double[] slopes(double[] values, int season) {
        double[] slopes = new double[256];
        int size = 0;
        for (int early = 0; early < values.length; early++) {
            if (Double.isNaN(values[early])) {
                continue;
            }
            for (int late = early + season; late < values.length; late += season) {
                if (Double.isNaN(values[late])) {
                    continue;
                }
                if (size == slopes.length) {
                    slopes = Arrays.copyOf(slopes, 2 * size);
                }
                slopes[size++] = (values[late] - values[early]) / (late - early);
            }
        }
        double[] sorted = Arrays.copyOf(slopes, size);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Of Kendall's statistic over all places of the season, were all values independent. */
    private static double variance(double[] values, int season) {
        double variance = 0;
        for (int place = 0; place < season; place++) {
            double n = 0;
            for (int at = place; at < values.length; at += season) {
                n += Double.isNaN(values[at]) ? 0 : 1;
            }
            variance += n * (n - 1) * (2 * n + 5) / 18;
        }
        return variance;
    }

    boolean bounded() {
        return Double.isFinite(low) && Double.isFinite(high);
    }
}
