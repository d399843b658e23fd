package io.peerscope.aggregate.live;

import io.peerscope.contracts.point.Staleness;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How fast a counter grew over the 60 s before its newest value. Values may come in any order; one that falls was started
 * again from zero. What grew across the beginning of the window, also over a gap, counts by the share of time that lies
 * within. Values of half a second are taken together, so that memory is bounded.
 */
final class RollingRate {
    static final long WINDOW = 60_000;
    private static final long TOGETHER = 500;
    /** Half-seconds of the window, and one value before it. */
    private static final int MOST = (int) (WINDOW / TOGETHER) + 4;

    private long[] times = {};
    private double[] values = {};
    private int size;

    void add(long time, double value) {
        if (Staleness.is(value)) {
            size = size > 0 && time < times[size - 1] ? size : 0; // the counter has ended
            return;
        }
        if (!Double.isFinite(value) || size > 0 && time <= times[size - 1] - WINDOW) {
            return;
        }
        int at = size;
        while (at > 0 && times[at - 1] >= time) {
            at--;
        }
        if (at < size && times[at] == time) {
            values[at] = value;
            return;
        }
        boolean newest = at == size;
        if (newest && size >= 2 && time - times[size - 2] < TOGETHER) {
            times[size - 1] = time;
            values[size - 1] = value;
            return;
        }
        insert(at, time, value);
        forget();
    }

    private void insert(int at, long time, double value) {
        if (size == times.length) {
            times = Arrays.copyOf(times, Math.max(16, 2 * size));
            values = Arrays.copyOf(values, Math.max(16, 2 * size));
        }
        System.arraycopy(times, at, times, at + 1, size - at);
        System.arraycopy(values, at, values, at + 1, size - at);
        times[at] = time;
        values[at] = value;
        size++;
    }

    /** The newest value at or before the window's beginning stays, since what grew from it reaches into the window. */
    private void forget() {
        long begin = times[size - 1] - WINDOW;
        int gone = 0;
        while (gone + 1 < size && times[gone + 1] <= begin || size - gone > MOST) {
            gone++;
        }
        System.arraycopy(times, gone, times, 0, size - gone);
        System.arraycopy(values, gone, values, 0, size - gone);
        size -= gone;
    }

    /** For each second; empty with fewer than two values, or where the newest is older than {@code since}. */
    OptionalDouble perSecond(long since) {
        if (size < 2 || times[size - 1] < since) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(gained(times[size - 1] - WINDOW) / seconds());
    }

    /** How much of the window is known. */
    double seconds() {
        return size < 2 ? 0 : Math.min(WINDOW, times[size - 1] - times[0]) / 1000.0;
    }

    private double gained(long begin) {
        double gained = 0;
        for (int i = 1; i < size; i++) {
            double grown = values[i] >= values[i - 1] ? values[i] - values[i - 1] : values[i];
            boolean across = times[i - 1] < begin;
            gained += across ? grown * (times[i] - begin) / (times[i] - times[i - 1]) : grown;
        }
        return gained;
    }

    /** Two values that grow by as much in the same time: enough to go on after a restart. */
    Map<Long, Double> remembered() {
        Map<Long, Double> ends = new TreeMap<>();
        if (size > 1) {
            long begin = Math.max(times[0], times[size - 1] - WINDOW);
            ends.put(begin, values[size - 1] - gained(begin));
        }
        if (size > 0) {
            ends.put(times[size - 1], values[size - 1]);
        }
        return ends;
    }
}
