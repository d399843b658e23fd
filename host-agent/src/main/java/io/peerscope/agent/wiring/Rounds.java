package io.peerscope.agent.wiring;

import io.peerscope.agent.report.Report;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Measures at every interval and hands the report on. */
final class Rounds {
    /** Long enough for a meaningful share of processor time, short enough for whoever waits for the first report. */
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final Supplier<Optional<Report>> measuring;
    private final Consumer<Report> courier;
    private final Duration interval;
    private final Consumer<RuntimeException> failures;
    private final LongSupplier nanos;

    Rounds(
            Supplier<Optional<Report>> measuring,
            Consumer<Report> courier,
            Duration interval,
            Consumer<RuntimeException> failures,
            LongSupplier nanos) {
        this.measuring = measuring;
        this.courier = courier;
        this.interval = interval;
        this.failures = failures;
        this.nanos = nanos;
    }

    void untilClosed(CountDownLatch closed) throws InterruptedException {
        long due = nanos.getAsLong() + Math.min(FIRST.toNanos(), interval.toNanos());
        while (!closed.await(due - nanos.getAsLong(), TimeUnit.NANOSECONDS)) {
            try {
                measuring.get().ifPresent(courier);
            } catch (RuntimeException e) {
                failures.accept(e);
            }
            due = Math.max(due + interval.toNanos(), nanos.getAsLong());
        }
    }
}
