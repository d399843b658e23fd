package io.peerscope.alert.evaluation;

/**
 * Time during which this task was at work and not behind, milliseconds from its start. Silence is measured with it, so
 * that neither a restart, nor a backlog, nor brokers that are away, nor a step of the server's clock makes anybody look
 * silent.
 */
final class LiveTime {
    /** A longer pause between ticks means that the process stood still, or the clock jumped. */
    private static final long LONGEST_STEP = 1_000;

    /** What was received longer ago than this is not processed, or not known to be: there is a backlog. */
    private static final long BEHIND = 5_000;

    private static final long NEVER = 0;

    private final long grace;
    private long elapsed;
    private long lastTick = NEVER;
    private long lastReceived = NEVER;
    private long read = NEVER;

    /** @param grace how long a sample may be under way until it is received, milliseconds */
    LiveTime(long grace) {
        this.grace = grace;
    }

    long elapsed() {
        return elapsed;
    }

    /**
     * Event time up to which the clock may decide: what was measured until then has come and was processed. Beyond it a
     * sample may be waiting that says otherwise than the clock would.
     */
    long settled(long now) {
        return Math.min(now, Math.max(read, lastReceived)) - grace;
    }

    void received(long receivedAt) {
        lastReceived = receivedAt;
    }

    /** @param read everything received until then is known to be processed */
    void tick(long now, long read) {
        this.read = read;
        boolean behind = settled(now) < now - grace - BEHIND;
        if (lastTick != NEVER && !behind) {
            elapsed += Math.clamp(now - lastTick, 0, LONGEST_STEP);
        }
        lastTick = now;
    }
}
