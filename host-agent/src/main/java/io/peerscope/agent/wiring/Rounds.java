package io.peerscope.agent.wiring;

import io.peerscope.agent.collect.HostFields;
import io.peerscope.agent.collect.Reading;
import io.peerscope.agent.collect.Readings;
import io.peerscope.agent.send.Courier;
import io.peerscope.agent.send.Report;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Measures at every interval and gives the result to the courier. */
final class Rounds {
    private static final System.Logger LOG = System.getLogger("host-agent");

    /** Long enough for a meaningful share of processor time, short enough for whoever waits for the first report. */
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final Readings readings;
    private final Courier courier;
    private final Duration interval;
    private final String run;
    private final LongSupplier nanos;

    /** @param run tells this run of the agent from all others; reports are numbered within it */
    Rounds(Readings readings, Courier courier, Duration interval, String run, LongSupplier nanos) {
        this.readings = readings;
        this.courier = courier;
        this.interval = interval;
        this.run = run;
        this.nanos = nanos;
    }

    void untilClosed(CountDownLatch closed) throws InterruptedException {
        Reading before = readings.take();
        long due = nanos.getAsLong() + Math.min(FIRST.toNanos(), interval.toNanos());
        boolean complained = false;
        for (long number = 1; !closed.await(due - nanos.getAsLong(), TimeUnit.NANOSECONDS); number++) {
            try {
                Reading now = readings.take();
                courier.send(new Report(run + "/" + number, now.epochMillis(), HostFields.between(before, now)));
                before = now;
                complained = false;
            } catch (RuntimeException e) {
                if (!complained) {
                    LOG.log(System.Logger.Level.ERROR, "This machine cannot be measured", e);
                    complained = true;
                }
            }
            due = Math.max(due + interval.toNanos(), nanos.getAsLong());
        }
    }
}
