package io.peerscope.foundation.streams;

import io.peerscope.foundation.health.Condition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How often a topology lost its tasks lately: a thread that died, was fenced, or had to share. Thread-safe. */
final class Setbacks {
    /** As many as when two instances join one after the other, and one more. */
    static final int MANY = 5;

    private static final Duration LATELY = Duration.ofMinutes(5);

    private final LongSupplier nanos;
    private final ArrayDeque<Long> times = new ArrayDeque<>();

    /** @param nanos of a clock that is never set */
    Setbacks(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void add() {
        times.addLast(nanos.getAsLong());
        if (times.size() > 1_000) {
            times.removeFirst();
        }
    }

    Condition condition(String name) {
        int number = lately();
        return number < MANY
                ? Condition.ok()
                : new Condition.Degraded(
                        "%s began its work again %d times within %d minutes: it may stand still, see the log"
                                .formatted(name, number, LATELY.toMinutes()));
    }

    private synchronized int lately() {
        long now = nanos.getAsLong();
        while (!times.isEmpty() && now - times.getFirst() > TimeUnit.MINUTES.toNanos(LATELY.toMinutes())) {
            times.removeFirst();
        }
        return times.size();
    }
}
