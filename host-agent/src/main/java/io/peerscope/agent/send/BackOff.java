package io.peerscope.agent.send;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again. Doubling, and drawn from the upper half of that, so that a fleet that lost its
 * server together does not come back all at once.
 */
public final class BackOff {
    private static final Duration FIRST = Duration.ofSeconds(1);

    /** Still less often than reports are made, so waiting hosts are less of a load than happy ones. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private static final Duration WHEN_DENIED = Duration.ofSeconds(60);

    private final RandomGenerator random;
    private int failures;

    public BackOff(RandomGenerator random) {
        this.random = random;
    }

    void succeeded() {
        failures = 0;
    }

    Duration failed(Optional<Duration> asked) {
        long full = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures++, 10));
        long shortest = asked.map(Duration::toMillis).orElse(full / 2);
        return Duration.ofMillis(shortest + (long) (random.nextDouble() * full / 2));
    }

    /** Somebody has to mend something first. */
    Duration denied() {
        return Duration.ofMillis((long) (WHEN_DENIED.toMillis() * (0.75 + random.nextDouble() / 2)));
    }
}
