package io.peerscope.notify.deliver;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling with jitter, or what the other side asked for where that is longer.
 *
 * @param attempts how many in all, before a message is given up
 */
public record Backoff(Duration first, Duration longest, int attempts) {

    /** About two hours in all. */
    public static Backoff standard() {
        return new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(10), 20);
    }

    /** Empty: give up. */
    Optional<Duration> after(int attempt, Optional<Duration> asked, RandomGenerator random) {
        if (attempt >= attempts) {
            return Optional.empty();
        }
        long ceiling = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 30));
        Duration own = Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
        return Optional.of(asked.filter(wait -> wait.compareTo(own) > 0).orElse(own));
    }
}
