package io.peerscope.aggregate;

/**
 * Time that passed for a task while it was at work, from wall-clock ticks. A clock that is set, a process that was paused
 * or a machine that slept count as one ordinary tick at most: what nobody could have noticed is no silence. Starts at 0
 * with the task, which gives every host a full term after a restart.
 */
public final class PatientClock {
    private static final long LONGEST_TICK = 2000;

    private long elapsed;
    private long lastTick = -1;

    public void tick(long wallClock) {
        if (lastTick >= 0) {
            elapsed += Math.clamp(wallClock - lastTick, 0, LONGEST_TICK);
        }
        lastTick = wallClock;
    }

    /** Milliseconds. */
    public long elapsed() {
        return elapsed;
    }
}
