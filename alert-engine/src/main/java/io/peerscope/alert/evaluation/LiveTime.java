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

    /** Nothing came for so long: nothing is waiting to be read. */
    private static final long QUIET = 1_000;

    /** As long as a task may need until its first record is there, once it was taken up. */
    private static final long BEGINNING = 5_000;

    private long elapsed;
    private long lastTick = Long.MIN_VALUE;
    private boolean behind;
    private long begun = Long.MIN_VALUE;
    private long heard = Long.MIN_VALUE;
    private long lastReceived;

    long elapsed() {
        return elapsed;
    }

    /** Whether what came last had been waiting. */
    boolean behind() {
        return behind;
    }

    /**
     * Up to when everything that was received is known to have been processed. Beyond it a sample may be waiting that
     * says otherwise than the clock would: after a restart, some seconds' worth.
     */
    long read(long now) {
        if (heard == Long.MIN_VALUE) {
            return begun != Long.MIN_VALUE && now - begun >= BEGINNING ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        return now - heard >= QUIET ? Long.MAX_VALUE : lastReceived;
    }

    void received(long receivedAt, long now) {
        behind = now - receivedAt > BEHIND;
        heard = now;
        lastReceived = receivedAt;
    }

    void tick(long now) {
        if (begun == Long.MIN_VALUE) {
            begun = now;
        }
        if (lastTick != Long.MIN_VALUE && !behind) {
            elapsed += Math.clamp(now - lastTick, 0, LONGEST_STEP);
        }
        lastTick = now;
        behind = false;
    }
}
