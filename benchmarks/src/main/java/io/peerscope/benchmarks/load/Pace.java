package io.peerscope.benchmarks.load;

import java.util.concurrent.locks.LockSupport;

/** Says when the next of a series is due. Who is late goes on at once until it has caught up. Not thread-safe. */
final class Pace {
    private final double intervalNanos;
    private final long begin;
    private long count;

    private Pace(double intervalNanos, long begin) {
        this.intervalNanos = intervalNanos;
        this.begin = begin;
    }

    /** @param perSecond 0: as fast as it goes */
    static Pace of(double perSecond, long nanoTime) {
        return new Pace(perSecond == 0 ? 0 : 1e9 / perSecond, nanoTime);
    }

    /** {@link System#nanoTime()} at which the next one is due. */
    long next() {
        return begin + (long) (intervalNanos * count++);
    }

    void await() {
        long due = next();
        for (long left = due - System.nanoTime(); left > 0 && !Thread.interrupted(); left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
