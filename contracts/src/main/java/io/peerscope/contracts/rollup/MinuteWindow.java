package io.peerscope.contracts.rollup;

/** The window of the finest roll-up: a minute, aligned to the epoch. */
public final class MinuteWindow {
    /** Milliseconds. */
    public static final long LENGTH = 60_000;
    /** Default of {@code peerscope.aggregator.window.grace}: how long after its end a window still takes points. */
    public static final String GRACE = "10s";

    private MinuteWindow() {}

    /** Start of the window that holds this instant. */
    public static long startOf(long timestamp) {
        return Math.floorDiv(timestamp, LENGTH) * LENGTH;
    }

    /** Whether a point came after its window had closed, so that the roll-up had to be made again for it. */
    public static boolean isLate(long timestamp, long receivedAt, long graceMillis) {
        return timestamp < startOf(receivedAt - graceMillis);
    }
}
