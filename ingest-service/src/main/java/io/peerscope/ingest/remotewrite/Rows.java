package io.peerscope.ingest.remotewrite;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one request, put into rows: a row for each target and time. Columns of numbers instead of objects, since
 * there are thousands. Not thread-safe.
 */
final class Rows {
    private static final int NONE = -1;

    // one for each sample
    private String[] fields;
    private byte[] types;
    private double[] values;
    private int[] items;
    /** Of the same row. */
    private int[] next;

    private int samples;

    // one for each row
    private Target[] targets = new Target[64];
    private long[] timestamps = new long[64];
    private int[] first = new int[64];
    private int[] last = new int[64];
    private int[] sizes = new int[64];
    private int rows;

    /** Open addressing, a power of two: number of a row + 1, or 0. */
    private int[] table = new int[256];

    private @Nullable Target latestTarget;
    private long latestTimestamp;
    private int latest;

    /** @param expected how many samples there will be, about */
    Rows(int expected) {
        fields = new String[expected];
        types = new byte[expected];
        values = new double[expected];
        items = new int[expected];
        next = new int[expected];
    }

    void add(Target target, long timestamp, String field, byte type, double value, int item) {
        int row = row(target, timestamp);
        if (samples == fields.length) {
            grow();
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

    private void grow() {
        int larger = Math.max(16, 2 * samples);
        fields = Arrays.copyOf(fields, larger);
        types = Arrays.copyOf(types, larger);
        values = Arrays.copyOf(values, larger);
        items = Arrays.copyOf(items, larger);
        next = Arrays.copyOf(next, larger);
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
            int larger = 2 * rows;
            targets = Arrays.copyOf(targets, larger);
            timestamps = Arrays.copyOf(timestamps, larger);
            first = Arrays.copyOf(first, larger);
            last = Arrays.copyOf(last, larger);
            sizes = Arrays.copyOf(sizes, larger);
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
