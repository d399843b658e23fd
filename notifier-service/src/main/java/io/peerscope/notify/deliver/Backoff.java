package io.peerscope.notify.deliver;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling with jitter, or what the other side asked for where that is longer.
 *
 * @param patience how old a message may become before it is given up; that bounds what a dead channel piles up
 */
public record Backoff(Duration first, Duration longest, Duration patience) {

    public static Backoff standard() {
        return new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ofHours(2));
    }

    /** @param failures in a row, from 1 */
    Duration after(int failures, Optional<Duration> asked, RandomGenerator random) {
        long ceiling = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, 30));
        Duration own = Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
        return asked.filter(wait -> wait.compareTo(own) > 0).orElse(own);
    }
}
