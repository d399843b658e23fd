package io.peerscope.alert.window;

import io.peerscope.contracts.point.FieldType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest samples of one field of one subject, in order of event time: those of a span, and one before it, which growth
 * is counted from. 16 bytes a sample in a ring that grows by doubling up to {@link #MOST}; what is older than so many is
 * kept by the second. So no series needs more than 64 KiB, 32 KiB for each length of window that percentiles are taken of,
 * and 100 bytes a second. What is kept of a window is a matter of its samples alone, however far back others look. Not
 * thread-safe.
 */
public final class Series {
    /** An hour, which is the longest window, at a sample a second, and some to spare. A power of two. */
    public static final int MOST = 4_096;

    private static final int FIRST_CAPACITY = 4;

    private long[] times = new long[FIRST_CAPACITY];
    private double[] values = new double[FIRST_CAPACITY];
    private int first;
    private int size;
    /** Number, since the series began, of the oldest in the ring. */
    private long firstNumber;

    private FieldType type = FieldType.UNKNOWN;
    private @Nullable ArrayDeque<Slice> slices;
    private @Nullable List<Ranks> ranks;

    /**
     * @param at event time, newer than all before it
     * @param span how far back anybody looks, milliseconds
     */
    public void add(long at, double value, FieldType newType, long span) {
        forgetUntil(at - span);
        if (size == MOST) {
            slice(time(0), value(0));
            forget();
        } else if (size == times.length) {
            grow();
        }
        int end = (first + size) & (times.length - 1);
        times[end] = at;
        values[end] = value;
        size++;
        type = newType;
    }

    private void forgetUntil(long time) {
        ArrayDeque<Slice> older = slices;
        if (older != null) {
            while (afterFirst(older) <= time) {
                older.removeFirst();
                if (older.isEmpty()) {
                    slices = null;
                    break;
                }
            }
        }
        while (slices == null && size > 1 && time(1) <= time) {
            forget();
        }
    }

    /** When what follows the oldest slice ends. */
    private long afterFirst(ArrayDeque<Slice> older) {
        if (older.size() == 1) {
            return time(0);
        }
        Iterator<Slice> each = older.iterator();
        each.next();
        return each.next().lastTime;
    }

    private void forget() {
        if (ranks != null) {
            for (Ranks each : ranks) {
                each.forget(firstNumber, value(0));
            }
            ranks.removeIf(Ranks::isEmpty);
        }
        first = (first + 1) & (times.length - 1);
        firstNumber++;
        size--;
    }

    private void slice(long at, double value) {
        ArrayDeque<Slice> older = slices;
        if (older == null) {
            older = new ArrayDeque<>();
            slices = older;
        }
        if (older.isEmpty() || !older.getLast().holds(at)) {
            older.addLast(new Slice());
        }
        older.getLast().add(at, value);
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

    /** Of the sample with this number, 0 being the oldest that is kept by itself. */
    long time(int number) {
        return times[(first + number) & (times.length - 1)];
    }

    double value(int number) {
        return values[(first + number) & (times.length - 1)];
    }

    /** Of the sample with this number since the series began. */
    double numbered(long number) {
        return value((int) (number - firstNumber));
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

    /** Seconds older than the samples, oldest first. */
    Iterable<Slice> slices() {
        return slices == null ? List.of() : slices;
    }

    boolean isSliced() {
        return slices != null;
    }

    /** The values of samples {@code from} to {@code end}, exclusive, in order; kept for the next window of this length. */
    Ranks ranks(long over, int from, int end) {
        List<Ranks> known = ranks;
        if (known == null) {
            known = new ArrayList<>(1);
            ranks = known;
        }
        Ranks found = null;
        for (Ranks each : known) {
            if (each.over == over) {
                found = each;
            }
        }
        if (found == null) {
            found = new Ranks(over);
            known.add(found);
        }
        found.move(this, firstNumber + from, firstNumber + end);
        return found;
    }

    /** How many values were put in their order or taken out of it: what percentiles have cost so far. */
    long moves() {
        return ranks == null ? 0 : ranks.stream().mapToLong(Ranks::moves).sum();
    }
}
