package io.peerscope.foundation.log;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** At most {@link #LIMIT} lines a second, and how many there would have been. Thread-safe. */
final class Pace {
    static final int LIMIT = 500;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private long since;
    private int written;
    private long leftOut;

    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** Whether a line may be written. */
    sealed interface Turn {
        /** @param leftOut lines that were not written since the last that was */
        record Go(long leftOut) implements Turn {}

        record Wait() implements Turn {}
    }

    synchronized Turn next() {
        long now = nanoTime.getAsLong();
        if (now - since >= SECOND) {
            since = now;
            written = 0;
        }
        if (written == LIMIT) {
            leftOut++;
            return new Turn.Wait();
        }
        written++;
        Turn go = new Turn.Go(leftOut);
        leftOut = 0;
        return go;
    }
}
