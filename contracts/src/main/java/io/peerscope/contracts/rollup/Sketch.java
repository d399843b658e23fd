package io.peerscope.contracts.rollup;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * How the values of a field are distributed, as far as percentiles need it: a DDSketch with a relative error of
 * {@value #RELATIVE_ERROR} (Masson, Rim, Lee: DDSketch, VLDB 2019). Values fall into buckets whose bounds grow by a
 * constant factor, and a bucket is told by a number that ascends with its values. Merging adds counts, so the sketch of an
 * hour is exactly that of its samples. Immutable.
 *
 * <p>Kept as two arrays, since that is what travels and is stored; a library's live object takes a hundred times the room
 * of a minute's dozen samples.
 */
public final class Sketch {
    /** Of any percentile, for values from {@value #SMALLEST} up, of either sign. What is smaller counts as zero. */
    public static final double RELATIVE_ERROR = 0.01;

    public static final double SMALLEST = 1e-9;

    private static final double GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
    private static final double LN_GAMMA = Math.log(GAMMA);
    /** Number of the bucket below the smallest, so that the numbers of positive values begin at 1. */
    private static final int BELOW = index(SMALLEST) - 1;

    private static final Sketch EMPTY = new Sketch(new int[0], new long[0]);

    private final int[] keys;
    private final long[] counts;

    private Sketch(int[] keys, long[] counts) {
        this.keys = keys;
        this.counts = counts;
    }

    public static Sketch empty() {
        return EMPTY;
    }

    /** @param keys ascending, each once; taken over, as are {@code counts} */
    static Sketch sorted(int[] keys, long[] counts) {
        return new Sketch(keys, counts);
    }

    /** Number of the bucket of a finite value: ascends with it, negative for negative ones. */
    public static int key(double value) {
        double size = Math.abs(value);
        if (size < SMALLEST) {
            return 0;
        }
        int key = index(size) - BELOW;
        return value > 0 ? key : -key;
    }

    private static int index(double size) {
        return (int) Math.ceil(Math.log(size) / LN_GAMMA);
    }

    /** The value that stands for a bucket, in relative terms as far from its upper as from its lower bound. */
    public static double value(int key) {
        if (key == 0) {
            return 0;
        }
        double upper = Math.exp((Math.abs(key) + BELOW) * LN_GAMMA);
        double size = Math.min(upper, Double.MAX_VALUE) * (2 / (1 + GAMMA));
        return key > 0 ? size : -size;
    }

    /** @param values keys of so many single values, in any order; sorted in place */
    public static Sketch ofKeys(int[] values, int size) {
        Arrays.sort(values, 0, size);
        int[] keys = new int[size];
        long[] counts = new long[size];
        int distinct = 0;
        for (int i = 0; i < size; i++) {
            if (distinct == 0 || keys[distinct - 1] != values[i]) {
                keys[distinct++] = values[i];
            }
            counts[distinct - 1]++;
        }
        return new Sketch(Arrays.copyOf(keys, distinct), Arrays.copyOf(counts, distinct));
    }

    /** Adds up many. Not thread-safe. */
    public static final class Sum {
        private final TreeMap<Integer, Long> counts = new TreeMap<>();

        public void add(double value) {
            counts.merge(key(value), 1L, Long::sum);
        }

        public void add(Sketch sketch) {
            for (int i = 0; i < sketch.keys.length; i++) {
                counts.merge(sketch.keys[i], sketch.counts[i], Long::sum);
            }
        }

        public Sketch sketch() {
            return new Sketch(
                    counts.keySet().stream().mapToInt(Integer::intValue).toArray(),
                    counts.values().stream().mapToLong(Long::longValue).toArray());
        }
    }

    /** Both together. */
    public Sketch plus(Sketch other) {
        if (keys.length == 0 || other.keys.length == 0) {
            return keys.length == 0 ? other : this;
        }
        int[] mergedKeys = new int[keys.length + other.keys.length];
        long[] mergedCounts = new long[mergedKeys.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < keys.length || j < other.keys.length) {
            int order = i == keys.length ? 1 : j == other.keys.length ? -1 : Integer.compare(keys[i], other.keys[j]);
            mergedKeys[size] = order <= 0 ? keys[i] : other.keys[j];
            long count = order <= 0 ? counts[i++] : 0;
            mergedCounts[size++] = count + (order >= 0 ? other.counts[j++] : 0);
        }
        return new Sketch(Arrays.copyOf(mergedKeys, size), Arrays.copyOf(mergedCounts, size));
    }

    public long count() {
        return Arrays.stream(counts).sum();
    }

    /**
     * The value below which that share of all values lies, with the error the class promises.
     *
     * @param share from 0 to 1
     * @return no number where there are no values
     */
    public double percentile(double share) {
        double rank = share * (count() - 1);
        long passed = 0;
        for (int i = 0; i < keys.length; i++) {
            passed += counts[i];
            if (passed > rank) {
                return value(keys[i]);
            }
        }
        return Double.NaN;
    }

    int buckets() {
        return keys.length;
    }

    int bucketKey(int index) {
        return keys[index];
    }

    long bucketCount(int index) {
        return counts[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sketch that && Arrays.equals(keys, that.keys) && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(keys) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.toString(keys) + "×" + Arrays.toString(counts);
    }
}
