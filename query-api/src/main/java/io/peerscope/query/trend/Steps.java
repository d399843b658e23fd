package io.peerscope.query.trend;

import java.util.Arrays;

/**
 * A series in even steps.
 *
 * @param start of the first step, epoch milliseconds, a multiple of the step
 * @param step milliseconds: an hour or a day
 * @param values not a number where a step has none; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // a row of numbers, never compared
public record Steps(long start, long step, double[] values) {
    public static final long HOUR = 3_600_000;
    public static final long DAY = 86_400_000;

    public Steps {
        if (step != HOUR && step != DAY) {
            throw new IllegalArgumentException("steps of " + step + " ms");
        }
    }

    int size() {
        return values.length;
    }

    int perDay() {
        return (int) (DAY / step);
    }

    long time(int index) {
        return start + index * step;
    }

    boolean has(int index) {
        return index >= 0 && index < values.length && !Double.isNaN(values[index]);
    }

    int present() {
        return (int) Arrays.stream(values).filter(value -> !Double.isNaN(value)).count();
    }

    /** Without what is empty before the first value; the end stays, since silence there matters. */
    Steps fromFirstValue() {
        int first = 0;
        while (first < values.length && !has(first)) {
            first++;
        }
        return new Steps(time(first), step, Arrays.copyOfRange(values, first, values.length));
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
