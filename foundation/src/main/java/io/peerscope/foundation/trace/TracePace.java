package io.peerscope.foundation.trace;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** At most so many traces begin in a second. Thread-safe. */
final class TracePace {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int limit;
    private final LongSupplier nanoTime;
    private long since;
    private int begun;

    TracePace(int limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    synchronized boolean mayBegin() {
        long now = nanoTime.getAsLong();
        if (now - since >= SECOND) {
            since = now;
            begun = 0;
        }
        if (begun == limit) {
            return false;
        }
        begun++;
        return true;
    }
}
