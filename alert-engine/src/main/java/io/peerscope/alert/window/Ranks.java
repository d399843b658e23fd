package io.peerscope.alert.window;

import java.util.Arrays;

/**
 * The values of some samples of a series that follow one another, in order of value. It moves along with a window: a sample
 * more or less costs a search and a move of memory. Samples are named by their number since the series began.
 */
final class Ranks {
    private static final int FIRST_CAPACITY = 128;

    final long over;
    private double[] sorted = new double[FIRST_CAPACITY];
    private int size;
    private long from;
    private long end;
    private long moves;

    Ranks(long over) {
        this.over = over;
    }

    long moves() {
        return moves;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Takes in and leaves out what it must to hold the samples of these numbers. The series has them all. */
    void move(Series series, long newFrom, long newEnd) {
        if (newFrom >= end || newEnd <= from) {
            size = 0;
            from = newFrom;
            end = newFrom;
        }
        while (end < newEnd) {
            insert(series.numbered(end++));
        }
        while (end > newEnd) {
            remove(series.numbered(--end));
        }
        while (from > newFrom) {
            insert(series.numbered(--from));
        }
        while (from < newFrom) {
            remove(series.numbered(from++));
        }
    }

    /** The series forgets its oldest sample. */
    void forget(long number, double value) {
        if (size > 0 && from == number) {
            remove(value);
            from++;
        }
    }

    /** Between the two nearest ranks, in proportion. */
    double quantile(double share) {
        return quantile(sorted, size, share);
    }

    static double quantile(double[] sorted, int count, double share) {
        double rank = share * (count - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, count - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (rank - below);
    }

    private void insert(double value) {
        if (size == sorted.length) {
            sorted = Arrays.copyOf(sorted, 2 * size);
        }
        int found = Arrays.binarySearch(sorted, 0, size, value);
        int place = found >= 0 ? found : -found - 1;
        System.arraycopy(sorted, place, sorted, place + 1, size - place);
        sorted[place] = value;
        size++;
        moves++;
    }

    private void remove(double value) {
        int place = Arrays.binarySearch(sorted, 0, size, value);
        System.arraycopy(sorted, place + 1, sorted, place, size - place - 1);
        size--;
        moves++;
    }
}
