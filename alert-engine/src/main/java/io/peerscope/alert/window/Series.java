package io.peerscope.alert.window;

import io.peerscope.contracts.point.FieldType;

/**
 * The newest samples of one field of one subject, in order of event time: those of a span, and one before it, which growth
 * is counted from. 16 bytes a sample in a ring that grows by doubling. Not thread-safe.
 */
public final class Series {
    private static final int FIRST_CAPACITY = 4;

    private long[] times = new long[FIRST_CAPACITY];
    private double[] values = new double[FIRST_CAPACITY];
    private int first;
    private int size;
    private FieldType type = FieldType.UNKNOWN;

    /**
     * @param at event time, newer than all before it
     * @param span how far back anybody looks, milliseconds
     */
    public void add(long at, double value, FieldType newType, long span) {
        while (size > 1 && time(1) <= at - span) {
            first = (first + 1) & (times.length - 1);
            size--;
        }
        if (size == times.length) {
            grow();
        }
        int end = (first + size) & (times.length - 1);
        times[end] = at;
        values[end] = value;
        size++;
        type = newType;
    }

    private void grow() {
        long[] moreTimes = new long[2 * times.length];
        double[] moreValues = new double[2 * times.length];
        for (int i = 0; i < size; i++) {
            moreTimes[i] = time(i);
            moreValues[i] = value(i);
        }
        times = moreTimes;
        values = moreValues;
        first = 0;
    }

    /** Event time of the newest sample. There is one. */
    public long newest() {
        return time(size - 1);
    }

    int size() {
        return size;
    }

    /** Of the sample with this number, 0 being the oldest. */
    long time(int number) {
        return times[(first + number) & (times.length - 1)];
    }

    double value(int number) {
        return values[(first + number) & (times.length - 1)];
    }

    /** What the newest sample is. */
    FieldType type() {
        return type;
    }

    /** Number of the first sample after this time; {@link #size} if there is none. */
    int after(long time) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time(middle) <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
