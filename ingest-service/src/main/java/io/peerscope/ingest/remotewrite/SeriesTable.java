package io.peerscope.ingest.remotewrite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Series in the order in which they were first seen, as columns. A sender repeats its series in the same order, so a reader
 * that knows where it is finds the next one beside the last, without a hash and without a jump through memory; that jump
 * costs more than all the rest. Rows are only added and never change: one writer at a time, any number of readers.
 */
final class SeriesTable {
    static final int NONE = -1;

    private static final long K1 = 0x9e3779b97f4a7c15L;
    private static final long K2 = 0xbf58476d1ce4e5b9L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long seed;
    private final byte[] blocks;
    /** Where in {@code blocks} each row's bytes begin; the next row's begin where they end. */
    private final int[] starts;

    private final long[] hashes;
    private final String[] scopes;
    private final Series.Known[] series;
    /** Which row came after a row, where it was not the next one; else 0. A hint that any reader may change. */
    private final int[] followers;
    /** Open addressing: row + 1, or 0. What it tells of is complete. */
    private final AtomicIntegerArray index;

    /** How many rows are complete. */
    private volatile int rows;

    /**
     * @param seed what nobody outside can guess
     * @param most rows, a power of two
     * @param bytes of all blocks
     */
    SeriesTable(long seed, int most, int bytes) {
        this.seed = seed;
        this.blocks = new byte[bytes];
        this.starts = new int[most + 1];
        this.hashes = new long[most];
        this.scopes = new String[most];
        this.series = new Series.Known[most];
        this.followers = new int[most];
        this.index = new AtomicIntegerArray(2 * most);
    }

    /** The same rows and more room. */
    SeriesTable larger(int most, int bytes) {
        SeriesTable larger = new SeriesTable(seed, most, bytes);
        for (int row = 0; row < rows; row++) {
            larger.add(hashes[row], scopes[row], blocks, starts[row], starts[row + 1], series[row]);
        }
        System.arraycopy(followers, 0, larger.followers, 0, rows);
        return larger;
    }

    boolean hasRoomFor(int bytes) {
        return rows < series.length && blocks.length - starts[rows] >= bytes;
    }

    int rows() {
        return rows;
    }

    int capacity() {
        return series.length;
    }

    int bytes() {
        return blocks.length;
    }

    /** To be called by one thread at a time, and only where there is room. @return the new row */
    int add(long hash, String scope, byte[] bytes, int from, int to, Series.Known one) {
        int row = rows;
        int start = starts[row];
        System.arraycopy(bytes, from, blocks, start, to - from);
        starts[row + 1] = start + to - from;
        hashes[row] = hash;
        scopes[row] = scope;
        series[row] = one;
        rows = row + 1;
        int place = (int) hash & index.length() - 1;
        while (index.getPlain(place) != 0) {
            place = place + 1 & index.length() - 1;
        }
        index.setRelease(place, row + 1);
        return row;
    }

    /** By the row before it. @param before one that was found in this table, or {@link #NONE} */
    int follower(int before, String scope, byte[] bytes, int from, int to) {
        if (before == NONE) {
            return NONE;
        }
        int hint = followers[before];
        int row = hint == 0 ? before + 1 : hint;
        return row < rows && is(row, scope, bytes, from, to) ? row : NONE;
    }

    int find(long hash, String scope, byte[] bytes, int from, int to) {
        int place = (int) hash & index.length() - 1;
        int row;
        while ((row = index.getAcquire(place) - 1) != NONE) {
            if (hashes[row] == hash && is(row, scope, bytes, from, to)) {
                return row;
            }
            place = place + 1 & index.length() - 1;
        }
        return NONE;
    }

    private boolean is(int row, String scope, byte[] bytes, int from, int to) {
        int start = starts[row];
        int end = starts[row + 1];
        return end - start == to - from
                && Arrays.equals(blocks, start, end, bytes, from, to)
                && scope.equals(scopes[row]);
    }

    Series.Known series(int row) {
        return series[row];
    }

    /** Remembers which row came after another. */
    void follows(int before, int row) {
        if (before != NONE) {
            followers[before] = row == before + 1 ? 0 : row;
        }
    }

    /** Two lanes of eight bytes each, so that the processor multiplies both at once. */
    long hash(String scope, byte[] bytes, int from, int to) {
        long a = seed ^ to - from;
        long b = seed + scope.hashCode();
        int at = from;
        for (; at <= to - 16; at += 16) {
            a = (a ^ (long) LONG.get(bytes, at)) * K1;
            b = (b ^ (long) LONG.get(bytes, at + 8)) * K2;
            a ^= a >>> 32;
            b ^= b >>> 32;
        }
        if (at <= to - 8) {
            a = (a ^ (long) LONG.get(bytes, at)) * K1;
            a ^= a >>> 32;
            at += 8;
        }
        for (; at < to; at++) {
            b = (b ^ bytes[at]) * K2;
        }
        return mix(a + Long.rotateLeft(b, 17));
    }

    private static long mix(long hash) {
        long mixed = (hash ^ hash >>> 30) * K2;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
