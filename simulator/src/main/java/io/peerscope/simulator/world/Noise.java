package io.peerscope.simulator.world;

/**
 * Randomness as a function of a seed, a name and a time: the same question always has the same answer, in whatever order
 * questions are asked, so a world needs no memory.
 */
record Noise(long seed) {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** Independent randomness of that name. */
    Noise named(String name) {
        return new Noise(mix(seed ^ mix(name.hashCode() * GOLDEN_GAMMA)));
    }

    /** From 0 up to, not including, 1. */
    double uniform(long index) {
        return (mix(seed + index * GOLDEN_GAMMA) >>> 11) * 0x1.0p-53;
    }

    /** From 0 up to, not including, the bound. */
    int below(int bound, long index) {
        return (int) (uniform(index) * bound);
    }

    /** Wanders smoothly between -1 and 1; a period is about the time it takes to turn round. */
    double walk(long millis, long periodMillis) {
        return 0.6 * octave(millis, periodMillis)
                + 0.28 * named("second").octave(millis, periodMillis * 3 / 8)
                + 0.12 * named("third").octave(millis, Math.max(1, periodMillis / 7));
    }

    private double octave(long millis, long period) {
        long cell = Math.floorDiv(millis, period);
        double within = (double) Math.floorMod(millis, period) / period;
        double smooth = within * within * (3 - 2 * within);
        double left = 2 * uniform(cell) - 1;
        double right = 2 * uniform(cell + 1) - 1;
        return left + (right - left) * smooth;
    }

    /** Finaliser of SplitMix64. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
