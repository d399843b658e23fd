package io.peerscope.foundation.health;

import io.peerscope.foundation.log.JsonLogs;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Starts what needs Kafka or the database without holding up the process: tries until it works, so that services may
 * start in any order. Until then the condition says what is missing.
 */
public final class BackgroundStart implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BackgroundStart.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** One try; an exception means: later again. It must leave nothing half open. */
    @FunctionalInterface
    public interface Attempt {
        void run() throws Exception;
    }

    private final String name;
    private final Attempt attempt;
    private final Thread thread;
    private volatile Condition condition;
    private volatile boolean closed;

    public BackgroundStart(String name, Attempt attempt) {
        this.name = name;
        this.attempt = attempt;
        this.condition = new Condition.Down(name + " is starting");
        this.thread = Thread.ofPlatform().name(name + "-start").daemon().unstarted(this::run);
    }

    public BackgroundStart start() {
        JsonLogs.asConfigured();
        thread.start();
        return this;
    }

    public Condition condition() {
        return condition;
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!closed) {
            try {
                attempt.run();
                condition = Condition.ok();
                LOG.infof("%s is ready", name);
                return;
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                condition = new Condition.Down(name + " cannot start yet: " + e.getMessage());
                LOG.warnf("%s cannot start yet, trying again in %d ms: %s", name, pause.toMillis(), e.getMessage());
                LOG.debug("start failed", e);
                LockSupport.parkNanos(pause.toNanos());
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
