package io.peerscope.query.trend;

import java.util.Arrays;

/** Middles, which a few wild values do not move. What is not a number does not count. */
final class Median {
    /** Makes the median of absolute deviations the standard deviation, where noise is normal. */
    private static final double NORMAL = 1.4826;

    private Median() {}

    /** Not a number where there are no values. */
    static double of(double[] values) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return ofSorted(sorted);
    }

    static double ofSorted(double[] sorted) {
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** How far values lie from their middle, as a standard deviation. */
    static double spread(double[] values) {
        double middle = of(values);
        return NORMAL
                * of(Arrays.stream(values)
                        .map(value -> Math.abs(value - middle))
                        .toArray());
    }
}
