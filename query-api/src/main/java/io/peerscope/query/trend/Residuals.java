package io.peerscope.query.trend;

import java.util.Arrays;

/**
 * A series taken apart: slope, season, and what neither explains.
 *
 * @param season middle of what is left without the slope, for each place of the season; level included
 * @param left what is left without both
 */
@SuppressWarnings("ArrayRecordComponent") // rows of numbers, never compared
record Residuals(double[] season, double[] left) {
    /** Beyond so many standard deviations a residual counts as one of so many. */
    private static final double WILD = 3;

    private static final double MOST_ALIKE = 0.99;

    /** @param period length of the season in steps, counted from the first value */
    static Residuals of(double[] values, int period, double slope) {
        double[] season = new double[period];
        for (int place = 0; place < period; place++) {
            double[] same = new double[(values.length - place + period - 1) / period];
            for (int n = 0; n < same.length; n++) {
                int at = place + n * period;
                same[n] = values[at] - slope * at;
            }
            season[place] = Median.of(same);
        }
        double usual = Median.of(season);
        for (int place = 0; place < period; place++) {
            season[place] = Double.isNaN(season[place]) ? usual : season[place];
        }
        double[] left = new double[values.length];
        for (int at = 0; at < left.length; at++) {
            left[at] = values[at] - slope * at - season[at % period];
        }
        return new Residuals(season, left);
    }

    double spread() {
        return Median.spread(left);
    }

    /**
     * By how much more the slope may vary than if all values were independent, judged by how alike neighbours are:
     * (1 + r) / (1 - r) for a first-order autoregression.
     */
    double inflation() {
        double bound = WILD * spread();
        double[] tame = Arrays.stream(left)
                .map(value -> bound > 0 ? Math.clamp(value, -bound, bound) : value)
                .toArray();
        double product = 0;
        double square = 0;
        for (int at = 1; at < tame.length; at++) {
            double pair = tame[at] * tame[at - 1];
            if (!Double.isNaN(pair)) {
                product += pair;
                square += (tame[at] * tame[at] + tame[at - 1] * tame[at - 1]) / 2;
            }
        }
        double alike = square > 0 ? Math.clamp(product / square, 0, MOST_ALIKE) : 0;
        return (1 + alike) / (1 - alike);
    }

    /** Middle of what is left in the last so many steps: how far the present is off the season. */
    double recent(int steps) {
        double middle = Median.of(Arrays.copyOfRange(left, Math.max(0, left.length - steps), left.length));
        return Double.isNaN(middle) ? 0 : middle;
    }
}
