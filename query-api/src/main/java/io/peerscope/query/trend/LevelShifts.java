package io.peerscope.query.trend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds where a series jumped and stayed, as a disk does that was cleaned up. In the differences to one season before, a
 * jump is a plateau exactly one season long; a slope moves all of them, a season none, a burst is no plateau.
 *
 * @param values with what came before a jump moved to the level after it
 */
@SuppressWarnings("ArrayRecordComponent") // a row of numbers, never compared
record LevelShifts(double[] values, List<Shift> shifts) {
    private static final int MOST = 3;
    /** A jump is larger than so many standard deviations of the differences … */
    private static final double CLEAR = 3;
    /** … and than this part of what the series spans. */
    private static final double LARGE = 0.1;
    /** Of a plateau its halves differ by less than this part of its height; a slope that sets in is no jump. */
    private static final double LEVEL = 0.5;
    /** Places tried, and differences looked at for each: more would be slow and no wiser. */
    private static final int TRIED = 150;

    private static final int LOOKED_AT = 1_000;

    /** @param at first step at the new level */
    record Shift(int at, double by) {}

    static LevelShifts of(double[] series, int season, int perDay) {
        double[] values = series.clone();
        List<Shift> shifts = new ArrayList<>();
        while (shifts.size() < MOST) {
            Shift shift = new Search(values, season, perDay).find();
            if (shift.by() == 0) {
                break;
            }
            shifts.add(shift);
            for (int at = 0; at < shift.at(); at++) {
                values[at] += shift.by();
            }
        }
        shifts.sort(Comparator.comparingInt(Shift::at));
        return new LevelShifts(values, List.copyOf(shifts));
    }

    private static final class Search {
        private static final Shift NOTHING = new Shift(0, 0);

        private final double[] values;
        private final double[] differences;
        private final int season;
        private final int least;
        private final int stride;

        Search(double[] values, int season, int perDay) {
            this.values = values;
            this.season = season;
            this.least = Math.max(perDay, 3);
            this.stride = Math.max(1, values.length / LOOKED_AT);
            this.differences = new double[values.length];
            Arrays.fill(differences, Double.NaN);
            for (int at = season; at < values.length; at++) {
                differences[at] = values[at] - values[at - season];
            }
        }

        private record Fit(int at, double inside, double outside, double cost) {}

        Shift find() {
            Fit best = new Fit(0, 0, 0, Double.POSITIVE_INFINITY);
            int step = Math.max(1, values.length / TRIED);
            for (int at = least; at <= values.length - least; at += step) {
                best = better(best, fit(at, stride));
            }
            for (int at = best.at() - step; at <= best.at() + step && step > 1; at++) {
                best = better(best, fit(at, stride));
            }
            double by = best.inside() - best.outside();
            return Double.isFinite(best.cost()) && clear(best, by) ? new Shift(best.at(), by) : NOTHING;
        }

        private static Fit better(Fit one, Fit other) {
            return other.cost() < one.cost() ? other : one;
        }

        /** How well a jump there explains the differences. */
        private Fit fit(int at, int every) {
            int from = Math.max(season, at);
            int to = Math.min(values.length, at + season);
            double[] within = part(from, to, every);
            double[] before = part(season, from, every);
            double[] after = part(to, values.length, every);
            double[] beyond = Arrays.copyOf(before, before.length + after.length);
            System.arraycopy(after, 0, beyond, before.length, after.length);
            if (within.length * every < least
                    || beyond.length * every < 2 * least
                    || beyond.length < within.length / 2) {
                return new Fit(at, 0, 0, Double.POSITIVE_INFINITY);
            }
            double inside = Median.of(within);
            double outside = Median.of(beyond);
            return new Fit(at, inside, outside, distance(within, inside) + distance(beyond, outside));
        }

        private double[] part(int from, int to, int every) {
            double[] part = new double[Math.max(0, to - from)];
            int size = 0;
            for (int at = from; at < to; at += every) {
                if (!Double.isNaN(differences[at])) {
                    part[size++] = differences[at];
                }
            }
            return Arrays.copyOf(part, size);
        }

        private static double distance(double[] values, double from) {
            return Arrays.stream(values).map(value -> Math.abs(value - from)).sum();
        }

        private boolean clear(Fit fit, double by) {
            int from = Math.max(season, fit.at());
            int to = Math.min(values.length, fit.at() + season);
            double[] off = new double[values.length];
            for (int at = 0; at < off.length; at++) {
                off[at] = Math.abs(differences[at] - (at >= from && at < to ? fit.inside() : fit.outside()));
            }
            double[] sorted = Arrays.stream(values)
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray();
            double span = sorted[(int) (0.95 * (sorted.length - 1))] - sorted[(int) (0.05 * (sorted.length - 1))];
            int middle = (from + to) / 2;
            double halves = Median.of(part(middle, to, 1)) - Median.of(part(from, middle, 1));
            return Math.abs(by) > CLEAR * 1.4826 * Median.of(off)
                    && Math.abs(by) > LARGE * span
                    && Math.abs(halves) < LEVEL * Math.abs(by);
        }
    }
}
