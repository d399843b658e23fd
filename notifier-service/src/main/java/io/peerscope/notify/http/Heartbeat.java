package io.peerscope.notify.http;

import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.form.Letter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Tells a watchdog outside that messages would arrive. It falls silent when we cannot, which is what the watchdog is
 * there to notice: nobody else could tell that the one who tells is dumb.
 */
public final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class);

    private final Outbound outbound;
    private final Letter beat;
    private final Duration every;
    private final BooleanSupplier well;
    private final InstantSource clock;
    private final Thread thread;
    /** Of the last beat, so that the log tells changes and not beats. */
    private String trouble = "";

    /** @param well whether an alert that came now would reach somebody */
    public Heartbeat(Outbound outbound, String url, Duration every, BooleanSupplier well, InstantSource clock) {
        this.outbound = outbound;
        this.beat = new Letter(url, "text/plain", Map.of(), new byte[0]);
        this.every = every;
        this.well = well;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("heartbeat").unstarted(this::run);
    }

    public Heartbeat start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (true) {
                try {
                    beat(clock.instant());
                } catch (RuntimeException e) {
                    // Also what nobody foresaw must not end the thread: the watchdog would be told nothing ever again.
                    tell(e.toString());
                }
                Thread.sleep(every);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void beat(Instant now) throws InterruptedException {
        tell(
                well.getAsBoolean()
                        ? sent(outbound.post(beat, List.of(), now))
                        : "no channel can be reached, or a part is down");
    }

    private static String sent(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Sent sent -> "";
            case Delivery.DryRun dryRun -> "";
            case Delivery.Retry retry -> "the watchdog was not reached: " + retry.detail();
            case Delivery.Refused refused -> "the watchdog was not reached: " + refused.detail();
        };
    }

    private void tell(String now) {
        if (!now.equals(trouble)) {
            if (now.isEmpty()) {
                LOG.info("the watchdog hears from us again");
            } else {
                LOG.warnf("no heartbeat: %s", now);
            }
            trouble = now;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
