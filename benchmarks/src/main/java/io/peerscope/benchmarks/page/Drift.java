package io.peerscope.benchmarks.page;

import java.util.random.RandomGenerator;

/** A value in hundredths that goes up and down by at most a fiftieth of its range at a time, mostly in the lower half of it. */
final class Drift {
    private static final double STEP = 0.02;

    private final double range;
    private final RandomGenerator random;
    private double at;

    private Drift(double range, RandomGenerator random, double at) {
        this.range = range;
        this.random = random;
        this.at = at;
    }

    static Drift within(double range, RandomGenerator random) {
        return new Drift(range, random, Math.min(random.nextDouble(), random.nextDouble()));
    }

    double next() {
        at = Math.clamp(at + STEP * (2 * random.nextDouble() - 1), 0, 1);
        return Math.round(100 * range * at) / 100.0;
    }
}
