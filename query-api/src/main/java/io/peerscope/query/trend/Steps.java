package io.peerscope.query.trend;

import io.peerscope.query.trend.Trend.Unknown;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A series in even steps.
 *
 * @param start of the first step, epoch milliseconds, a multiple of the step
 * @param step milliseconds: a part of a day
 * @param values not a number where a step has none; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // a row of numbers, never compared
public record Steps(long start, long step, double[] values) {
    private static final double LEAST_SHARE = 0.25;

    public static final long HOUR = 3_600_000;
    public static final long DAY = 86_400_000;

    public Steps {
        if (step <= 0 || DAY % step != 0) {
            throw new IllegalArgumentException("steps of " + step + " ms");
        }
    }

    /** @param points start of a step in epoch milliseconds, and its value; those outside are passed over */
    public static Steps of(List<List<@Nullable Number>> points, long start, long end, long step) {
        double[] values = new double[Math.toIntExact(Math.max(0, (end - start) / step))];
        Arrays.fill(values, Double.NaN);
        for (List<@Nullable Number> point : points) {
            Number at = point.get(0);
            Number value = point.get(1);
            if (at != null && value != null && at.longValue() >= start && at.longValue() < end) {
                values[(int) ((at.longValue() - start) / step)] = value.doubleValue();
            }
        }
        return new Steps(start, step, values);
    }

    public int size() {
        return values.length;
    }

    int perDay() {
        return (int) (DAY / step);
    }

    long time(int index) {
        return start + index * step;
    }

    public boolean has(int index) {
        return index >= 0 && index < values.length && !Double.isNaN(values[index]);
    }

    int present() {
        return (int) Arrays.stream(values).filter(value -> !Double.isNaN(value)).count();
    }

    /** Without what is empty before the first value; the end stays, since silence there matters. */
    public Steps fromFirstValue() {
        int first = 0;
        while (first < values.length && !has(first)) {
            first++;
        }
        return new Steps(time(first), step, Arrays.copyOfRange(values, first, values.length));
    }

    int hourOfDay(int index) {
        return (int) Math.floorMod(Math.floorDiv(time(index), HOUR), 24L);
    }

    /** How far they reach back. */
    public double days() {
        return (double) size() / perDay();
    }

    /** Why nothing can be said of them; they begin with a value. */
    Optional<Unknown> hindrance(double shortestDays) {
        int last = lastPresent();
        if (last < 0 || days() < shortestDays) {
            return Optional.of(Unknown.TOO_SHORT);
        }
        if (size() - 1 - last > Math.max(2, perDay())) {
            return Optional.of(Unknown.STALE);
        }
        return present() < LEAST_SHARE * size() ? Optional.of(Unknown.TOO_MANY_GAPS) : Optional.empty();
    }

    /** -1 where there is none. */
    int lastPresent() {
        int last = values.length - 1;
        while (last >= 0 && !has(last)) {
            last--;
        }
        return last;
    }
}
