package io.peerscope.foundation.streams;

import io.peerscope.foundation.health.Condition;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** Outputs of a topology that nobody will see, as they were too large. Thread-safe. */
final class Losses {
    private static final Logger LOG = Logger.getLogger(Losses.class);
    private static final Duration TOLD_FOR = Duration.ofHours(1);

    private final String name;
    private final LongSupplier nanos;
    private long number;
    private long last;
    private String why = "";

    /** @param nanos of a clock that is never set */
    Losses(String name, LongSupplier nanos) {
        this.name = name;
        this.nanos = nanos;
    }

    synchronized void add(String why) {
        LOG.errorf("%s: %s. It is not written; a dead letter names the input that made it", name, why);
        number++;
        last = nanos.getAsLong();
        this.why = why;
    }

    synchronized Condition condition() {
        return number == 0 || nanos.getAsLong() - last > TOLD_FOR.toNanos()
                ? Condition.ok()
                : new Condition.Degraded(
                        "%s gave up %d outputs since it was started; the last: %s".formatted(name, number, why));
    }
}
