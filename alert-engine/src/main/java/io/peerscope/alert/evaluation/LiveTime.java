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

    private long elapsed;
    private long lastTick = Long.MIN_VALUE;
    private boolean behind;

    long elapsed() {
        return elapsed;
    }

    /** Whether what came last had been waiting. */
    boolean behind() {
        return behind;
    }

    void received(long receivedAt, long now) {
        behind = now - receivedAt > BEHIND;
    }

    void tick(long now) {
        if (lastTick != Long.MIN_VALUE && !behind) {
            elapsed += Math.clamp(now - lastTick, 0, LONGEST_STEP);
        }
        lastTick = now;
        behind = false;
    }
}
