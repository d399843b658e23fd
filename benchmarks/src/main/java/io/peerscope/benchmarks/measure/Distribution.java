package io.peerscope.benchmarks.measure;

import java.util.Arrays;

/** Durations in microseconds, gathered cheaply and summed up at the end. Thread-safe. */
public final class Distribution {
    private long[] micros = new long[1024];
    private int size;

    /**
     * @param n how many there were
     * @param p50 milliseconds, as all others
     */
    public record Summary(int n, double p50, double p90, double p99, double max) {}

    public synchronized void add(long durationMicros) {
        if (size == micros.length) {
            micros = Arrays.copyOf(micros, 2 * size);
        }
        micros[size++] = durationMicros;
    }

    public synchronized void addTo(Distribution other) {
        for (int i = 0; i < size; i++) {
            other.add(micros[i]);
        }
    }

    /** Percentiles by nearest rank: each is a duration that occurred. All zero where there was none. */
    public synchronized Summary summary() {
        long[] sorted = Arrays.copyOf(micros, size);
        Arrays.sort(sorted);
        return new Summary(size, rank(sorted, 50), rank(sorted, 90), rank(sorted, 99), rank(sorted, 100));
    }

    /** Milliseconds, by nearest rank; 0 where there was none. */
    public synchronized double percentile(int percent) {
        long[] sorted = Arrays.copyOf(micros, size);
        Arrays.sort(sorted);
        return rank(sorted, percent);
    }

    private static double rank(long[] sorted, int percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = Math.ceilDiv(percent * sorted.length, 100);
        return sorted[Math.max(rank, 1) - 1] / 1000.0;
    }
}
