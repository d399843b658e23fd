package io.peerscope.ingest.quota;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket that fills at a steady rate up to its size. Kept as the one moment at which it will be full, so that taking is
 * one compare-and-set. What is larger than the bucket needs it full and leaves it in debt; else it could never pass.
 */
final class TokenBucket {
    private static final double SECOND = 1e9;

    private final long size;
    private final double nanosPerToken;
    private final AtomicLong fullAt;

    /** @param now nanoseconds of a clock that is never set, as are all times here */
    TokenBucket(long perSecond, long size, long now) {
        this.size = size;
        this.nanosPerToken = SECOND / perSecond;
        this.fullAt = new AtomicLong(now);
    }

    /** @return 0 where they were taken, else after how many nanoseconds they could be, if nobody else takes any */
    long take(long tokens, long now) {
        while (true) {
            long full = fullAt.get();
            long lacking = Math.max(0, full - now);
            long wait = lacking - (long) ((size - Math.min(tokens, size)) * nanosPerToken);
            if (wait > 0) {
                return wait;
            }
            if (fullAt.compareAndSet(full, now + lacking + (long) (tokens * nanosPerToken))) {
                return 0;
            }
        }
    }

    /** As {@link #take}, but takes nothing. */
    long waitFor(long tokens, long now) {
        long lacking = Math.max(0, fullAt.get() - now);
        return Math.max(0, lacking - (long) ((size - Math.min(tokens, size)) * nanosPerToken));
    }

    long left(long now) {
        return Math.max(0, size - (long) Math.ceil(nanosUntilFull(now) / nanosPerToken));
    }

    long nanosUntilFull(long now) {
        return Math.max(0, fullAt.get() - now);
    }

    long size() {
        return size;
    }
}
