package io.peerscope.alert.evaluation;

/**
 * Time during which this task was at work and not behind, milliseconds from its start. Silence is measured with it, so
 * that neither a restart, nor a backlog, nor a step of the server's clock makes anybody look silent.
 */
final class LiveTime {
    /** A longer pause between ticks means that the process stood still, or the clock jumped. */
    private static final long LONGEST_STEP = 1_000;

    /** Older than this when processed: there is a backlog. */
    private static final long BEHIND = 5_000;

    /** Nothing came for so long, though the task was at work: nothing is waiting to be read. */
    private static final long QUIET = 1_000;

    /** As long as a task may need until its first record is there, once it was taken up. */
    private static final long BEGINNING = 5_000;

    private static final long NEVER = Long.MIN_VALUE;

    private final long grace;
    private long elapsed;
    private long lastTick = NEVER;
    private boolean behind;
    private long begun = NEVER;
    private long heard = NEVER;
    private long lastReceived;

    /** @param grace how long a sample may be under way until it is received, milliseconds */
    LiveTime(long grace) {
        this.grace = grace;
    }

    long elapsed() {
        return elapsed;
    }

    /** Event time up to which the clock may decide: what was measured until then has come and was processed. */
    long settled(long now) {
        return Math.min(now, read(now)) - grace;
    }

    /**
     * Up to when everything that was received is known to have been processed. Beyond it a sample may be waiting that
     * says otherwise than the clock would: after a restart or a stop, some seconds' worth.
     */
    private long read(long now) {
        if (heard == NEVER) {
            return begun != NEVER && now - begun >= BEGINNING ? Long.MAX_VALUE : 0;
        }
        return now - heard >= QUIET ? Long.MAX_VALUE : lastReceived;
    }

    void received(long receivedAt, long now) {
        behind = now - receivedAt > BEHIND;
        heard = now;
        lastReceived = receivedAt;
    }

    void tick(long now) {
        if (begun == NEVER) {
            begun = now;
        }
        if (lastTick != NEVER && !behind) {
            elapsed += Math.clamp(now - lastTick, 0, LONGEST_STEP);
        }
        if (lastTick != NEVER && now - lastTick > LONGEST_STEP) {
            stoodStill(now);
        }
        lastTick = now;
        behind = false;
    }

    /** What came meanwhile is still to be read: silence begins anew, as it does after the start. */
    private void stoodStill(long now) {
        if (heard == NEVER) {
            begun = now;
        } else {
            heard = now;
        }
    }
}
