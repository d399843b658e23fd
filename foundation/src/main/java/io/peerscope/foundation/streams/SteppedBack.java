package io.peerscope.foundation.streams;

import java.time.Duration;

/** Whether a wall clock was set back since one looked last. Not thread-safe. */
final class SteppedBack {
    /** Less is made up for sooner than anything could be done about it. */
    private static final long NOTHING = Duration.ofSeconds(5).toMillis();

    private long wall;
    private long nanos;

    /**
     * @param wall epoch milliseconds
     * @param nanos of a clock that is never set
     */
    SteppedBack(long wall, long nanos) {
        this.wall = wall;
        this.nanos = nanos;
    }

    boolean look(long nowWall, long nowNanos) {
        long passed = Duration.ofNanos(nowNanos - nanos).toMillis();
        boolean back = nowWall < wall + passed - NOTHING;
        wall = nowWall;
        nanos = nowNanos;
        return back;
    }
}
