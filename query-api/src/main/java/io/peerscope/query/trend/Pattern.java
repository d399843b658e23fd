package io.peerscope.query.trend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a series is used to go, UTC.
 *
 * @param byHour median of each hour of the day, from midnight; empty where steps are days
 * @param byWeekday median of each day of the week, from Monday
 */
public record Pattern(List<@Nullable Double> byHour, List<@Nullable Double> byWeekday) {
    private static final int WEEK = 7;
    /** Day 0 of the epoch was a Thursday. */
    private static final int THURSDAY = 3;

    static Pattern of(Steps steps) {
        int perDay = steps.perDay();
        List<@Nullable Double> hours = new ArrayList<>();
        for (int hour = 0; hour < perDay && perDay > 1; hour++) {
            hours.add(median(steps, hour, true));
        }
        List<@Nullable Double> weekdays = new ArrayList<>();
        for (int day = 0; day < WEEK; day++) {
            weekdays.add(median(steps, day, false));
        }
        return new Pattern(hours, weekdays);
    }

    private static @Nullable Double median(Steps steps, int place, boolean ofDay) {
        double[] same = new double[steps.size()];
        int size = 0;
        for (int at = 0; at < same.length; at++) {
            long step = Math.floorDiv(steps.time(at), steps.step());
            long day = Math.floorDiv(steps.time(at), Steps.DAY);
            long here = ofDay ? Math.floorMod(step, steps.perDay()) : Math.floorMod(day + THURSDAY, WEEK);
            if (here == place) {
                same[size++] = steps.values()[at];
            }
        }
        double median = Median.of(Arrays.copyOf(same, size));
        return Double.isNaN(median) ? null : median;
    }
}
