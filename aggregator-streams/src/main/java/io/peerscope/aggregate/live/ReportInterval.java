package io.peerscope.aggregate.live;

/**
 * How often a host reports, as observed: a moving average of the time between its records, 5 s to 5 min. A single long
 * gap raises it only step by step, so that an outage does not make the next one go unnoticed.
 */
public final class ReportInterval {
    private static final double SHORTEST = 5_000;
    private static final double LONGEST = 300_000;
    private static final double UNKNOWN = 60_000;
    private static final double WEIGHT = 0.2;
    private static final double LARGEST_STEP = 4;

    private double millis;

    /** @param millis 0 where it is not known yet */
    public ReportInterval(double millis) {
        this.millis = millis;
    }

    public void observe(long gap) {
        if (gap <= 0) {
            return;
        }
        double next = millis == 0
                ? gap
                : millis + WEIGHT * (Math.min(gap, Math.max(millis, SHORTEST) * LARGEST_STEP) - millis);
        millis = Math.clamp(next, SHORTEST, LONGEST);
    }

    /** What to reckon with: a minute until a second record told better. */
    public double expected() {
        return millis == 0 ? UNKNOWN : millis;
    }

    public double observed() {
        return millis;
    }
}
