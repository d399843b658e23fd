package io.peerscope.simulator.send;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: doubling, with jitter, unless the server says how long. */
final class BackOff {
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 5_000;

    private final RandomGenerator random;

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    Duration after(int attempts, Optional<Duration> asked) {
        long full = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempts - 1, 10));
        long jittered = full / 2 + (long) (random.nextDouble() * full / 2);
        return asked.map(wait -> wait.plusMillis((long) (random.nextDouble() * FIRST_MILLIS)))
                .orElse(Duration.ofMillis(jittered));
    }
}
