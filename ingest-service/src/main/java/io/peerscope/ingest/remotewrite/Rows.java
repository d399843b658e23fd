package io.peerscope.ingest.remotewrite;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one request, put into rows: a row for each target and time. Columns of numbers instead of objects, since
 * there are thousands, and used again for the next request, since they would be a third of all that a request allocates.
 * Not thread-safe.
 */
final class Rows {
    private static final int NONE = -1;
    /** Columns of more than so many samples, and of more than so many rows, are not kept for the next request. */
    private static final int KEPT_SAMPLES = 20_000;

    private static final int KEPT_ROWS = 2048;
    private static final int FIRST_ROWS = 64;

    // one for each sample
    private String[] fields = {};
    private byte[] types = {};
    private double[] values = {};
    private int[] items = {};
    /** Of the same row. */
    private int[] next = {};

    private int samples;

    // one for each row
    private Target[] targets = new Target[FIRST_ROWS];
    private long[] timestamps = new long[FIRST_ROWS];
    private int[] first = new int[FIRST_ROWS];
    private int[] last = new int[FIRST_ROWS];
    private int[] sizes = new int[FIRST_ROWS];
    private int rows;

    /** Open addressing, a power of two: number of a row + 1, or 0. */
    private int[] table = new int[4 * FIRST_ROWS];

    private @Nullable Target latestTarget;
    private long latestTimestamp;
    private int latest;

    /**
     * Forgets all and begins anew.
     *
     * @param expected how many samples there will be, about
     */
    void begin(int expected) {
        if (fields.length < expected || fields.length > KEPT_SAMPLES) {
            size(expected, 0);
        }
        if (targets.length > KEPT_ROWS) {
            resize(FIRST_ROWS);
            table = new int[4 * FIRST_ROWS];
        } else if (rows > 0) {
            Arrays.fill(table, 0);
        }
        Arrays.fill(sizes, 0);
        samples = 0;
        rows = 0;
        latestTarget = null;
    }

    void add(Target target, long timestamp, String field, byte type, double value, int item) {
        int row = row(target, timestamp);
        if (samples == fields.length) {
            size(Math.max(16, 2 * samples), samples);
        }
        int sample = samples++;
        fields[sample] = field;
        types[sample] = type;
        values[sample] = value;
        items[sample] = item;
        next[sample] = NONE;
        if (sizes[row]++ == 0) {
            first[row] = sample;
        } else {
            next[last[row]] = sample;
        }
        last[row] = sample;
    }

    private void size(int most, int kept) {
        fields = kept == 0 ? new String[most] : Arrays.copyOf(fields, most);
        types = kept == 0 ? new byte[most] : Arrays.copyOf(types, most);
        values = kept == 0 ? new double[most] : Arrays.copyOf(values, most);
        items = kept == 0 ? new int[most] : Arrays.copyOf(items, most);
        next = kept == 0 ? new int[most] : Arrays.copyOf(next, most);
    }

    private void resize(int most) {
        targets = Arrays.copyOf(targets, most);
        timestamps = Arrays.copyOf(timestamps, most);
        first = Arrays.copyOf(first, most);
        last = Arrays.copyOf(last, most);
        sizes = Arrays.copyOf(sizes, most);
    }

    private int row(Target target, long timestamp) {
        if (target == latestTarget && timestamp == latestTimestamp) {
            return latest;
        }
        int place = place(target, timestamp);
        while (table[place] != 0) {
            int row = table[place] - 1;
            if (timestamps[row] == timestamp && targets[row].same(target)) {
                return found(row, target, timestamp);
            }
            place = place + 1 & table.length - 1;
        }
        if (rows == targets.length) {
            resize(2 * rows);
        }
        targets[rows] = target;
        timestamps[rows] = timestamp;
        table[place] = ++rows;
        if (2 * rows > table.length) {
            rehash();
        }
        return found(rows - 1, target, timestamp);
    }

    private int found(int row, Target target, long timestamp) {
        latestTarget = target;
        latestTimestamp = timestamp;
        latest = row;
        return row;
    }

    /** The target's hash cannot be chosen from outside, so neither can the place. */
    private int place(Target target, long timestamp) {
        long hash = (target.hash() ^ timestamp) * 0x9e3779b97f4a7c15L;
        return (int) (hash >>> 32) & table.length - 1;
    }

    private void rehash() {
        table = new int[4 * table.length];
        for (int row = 0; row < rows; row++) {
            int place = place(targets[row], timestamps[row]);
            while (table[place] != 0) {
                place = place + 1 & table.length - 1;
            }
            table[place] = row + 1;
        }
    }

    /** How many rows. */
    int count() {
        return rows;
    }

    Target target(int row) {
        return targets[row];
    }

    long timestamp(int row) {
        return timestamps[row];
    }

    int size(int row) {
        return sizes[row];
    }

    /** Samples of a row, in the order in which they came. */
    int firstSample(int row) {
        return first[row];
    }

    /** The one after it in the same row; not to be asked beyond the row's size. */
    int nextSample(int sample) {
        return next[sample];
    }

    String field(int sample) {
        return fields[sample];
    }

    byte type(int sample) {
        return types[sample];
    }

    double value(int sample) {
        return values[sample];
    }

    int item(int sample) {
        return items[sample];
    }
}
