package io.peerscope.alert.window;

/** Samples of one field that follow one another, summed up: those of a second, when there are too many to keep. */
final class Slice {
    /** Slices lie where the clock says and not where a series begins, so that they are the same for everybody. */
    static final long WIDTH = 1_000;

    long firstTime;
    long lastTime;
    double first;
    double last;
    int count;
    double sum;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    /** From one sample to the next, and so is the growth. */
    int changes;
    /** Of a counter. */
    double growth;

    /** Whether this time is in the second that it began in. */
    boolean holds(long at) {
        return Math.floorDiv(at, WIDTH) == Math.floorDiv(firstTime, WIDTH);
    }

    void add(long at, double value) {
        if (count == 0) {
            firstTime = at;
            first = value;
        } else {
            changes += value == last ? 0 : 1;
            growth += grown(last, value);
        }
        lastTime = at;
        last = value;
        count++;
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    /** Takes in what comes after it. */
    void add(Slice later) {
        if (later.count == 0) {
            return;
        }
        if (count == 0) {
            firstTime = later.firstTime;
            first = later.first;
        } else {
            changes += later.first == last ? 0 : 1;
            growth += grown(last, later.first);
        }
        changes += later.changes;
        growth += later.growth;
        lastTime = later.lastTime;
        last = later.last;
        count += later.count;
        sum += later.sum;
        min = Math.min(min, later.min);
        max = Math.max(max, later.max);
    }

    /** A counter that fell has begun again from zero. */
    static double grown(double before, double value) {
        double step = value - before;
        return step >= 0 ? step : value;
    }
}
