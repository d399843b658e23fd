package io.peerscope.query.trend;

import java.util.Arrays;

/**
 * How far values stray from what is expected of them, to either side, by the hour of the day. As a standard deviation
 * would be, were they normal; where they have heavier tails, as large as those call for. A few wild values do not count.
 *
 * @param below for each hour of the day
 */
@SuppressWarnings("ArrayRecordComponent") // rows of numbers, never compared
public record Strays(double[] below, double[] above) {
    private static final int HOURS = 24;
    /** The median of one side of a normal distribution, and where its last twentieth begins, in standard deviations. */
    private static final double MEDIAN_OF_NORMAL = 1 / 1.4826;

    private static final double TAIL = 0.95;
    private static final double TAIL_OF_NORMAL = 1.96;

    /** Fewer say nothing of their side. */
    private static final int LEAST = 10;

    /** Nothing strays. */
    public static final Strays NONE = new Strays(new double[HOURS], new double[HOURS]);

    /**
     * @param trust so many values of one hour of the day count as much as all hours together
     */
    static Strays of(Steps strays, int trust) {
        return new Strays(side(strays, -1, trust), side(strays, 1, trust));
    }

    private static double[] side(Steps strays, int sign, int trust) {
        double[][] byHour = new double[HOURS][];
        for (int hour = 0; hour < HOURS; hour++) {
            byHour[hour] = sorted(strays, sign, hour);
        }
        double[] all =
                Arrays.stream(byHour).flatMapToDouble(Arrays::stream).sorted().toArray();
        double whole = scale(all);
        double[] side = new double[HOURS];
        for (int hour = 0; hour < HOURS; hour++) {
            double own = middle(byHour[hour]);
            double count = byHour[hour].length;
            side[hour] = Math.sqrt((count * own * own + trust * whole * whole) / (count + trust));
        }
        return side;
    }

    private static double[] sorted(Steps strays, int sign, int hour) {
        double[] side = new double[strays.size()];
        int size = 0;
        for (int at = 0; at < strays.size(); at++) {
            double stray = sign * strays.values()[at];
            if (stray >= 0 && strays.hourOfDay(at) == hour) {
                side[size++] = stray;
            }
        }
        double[] sorted = Arrays.copyOf(side, size);
        Arrays.sort(sorted);
        return sorted;
    }

    private static double scale(double[] sorted) {
        if (sorted.length < LEAST) {
            return sorted.length == 0 ? 0 : sorted[sorted.length - 1];
        }
        return Math.max(middle(sorted), sorted[(int) (TAIL * (sorted.length - 1))] / TAIL_OF_NORMAL);
    }

    /** Of one hour of the day no tail: a single bad day would be the tail. */
    private static double middle(double[] sorted) {
        return sorted.length == 0 ? 0 : Median.ofSorted(sorted) / MEDIAN_OF_NORMAL;
    }

    /** Of the sum of what strays here and there, apart from one another; at least so much. */
    Strays and(Strays other, double least) {
        double[] low = new double[HOURS];
        double[] high = new double[HOURS];
        for (int hour = 0; hour < HOURS; hour++) {
            low[hour] = Math.max(least, Math.hypot(below[hour], other.below[hour]));
            high[hour] = Math.max(least, Math.hypot(above[hour], other.above[hour]));
        }
        return new Strays(low, high);
    }

    /**
     * How single values stray from the course of the hours that they lie in: what no average of an hour shows.
     *
     * @param fine steps that are parts of hours
     */
    public static Strays within(Steps hours, Steps fine) {
        double[] strays = new double[fine.size()];
        for (int at = 0; at < strays.length; at++) {
            double since = (double) (fine.time(at) + fine.step() / 2 - hours.start()) / Steps.HOUR - 0.5;
            int before = (int) Math.floor(since);
            strays[at] = hours.has(before) && hours.has(before + 1)
                    ? fine.values()[at]
                            - hours.values()[before]
                            - (since - before) * (hours.values()[before + 1] - hours.values()[before])
                    : Double.NaN;
        }
        return of(new Steps(fine.start(), fine.step(), strays), (int) (Steps.DAY / fine.step() / 4));
    }
}
