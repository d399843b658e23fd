package io.peerscope.embedded;

import java.time.Duration;
import java.util.function.Consumer;

/** Watches a child and, where wanted, starts it again when it dies without having been told to. */
final class Supervisor implements AutoCloseable {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** A child that lived this long did not die of its start: the next pause is the shortest again. */
    private static final Duration STEADY = Duration.ofSeconds(30);

    /** Starts a child and returns it when it is ready; on failure or interruption nothing of it is left running. */
    interface Starter {
        Child start() throws InterruptedException;
    }

    private final String name;
    private final Starter starter;
    private final boolean restarts;
    private final Consumer<String> progress;
    private final Thread watcher;
    private volatile Child child;
    private volatile boolean closed;
    private Duration pause = SHORTEST_PAUSE; // touched by the watcher only

    private Supervisor(String name, Starter starter, boolean restarts, Consumer<String> progress, Child child) {
        this.name = name;
        this.starter = starter;
        this.restarts = restarts;
        this.progress = progress;
        this.child = child;
        this.watcher = Thread.ofPlatform().daemon().name(name + "-supervisor").unstarted(this::watch);
    }

    static Supervisor start(String name, Starter starter, boolean restarts, Consumer<String> progress)
            throws InterruptedException {
        Supervisor supervisor = new Supervisor(name, starter, restarts, progress, starter.start());
        supervisor.watcher.start();
        return supervisor;
    }

    Child child() {
        return child;
    }

    private void watch() {
        try {
            while (!closed) {
                long since = System.nanoTime();
                int exit = child.awaitExit();
                if (closed) {
                    return;
                }
                child.stop();
                if (!restarts) {
                    progress.accept("%s died (exit %d)".formatted(name, exit));
                    return;
                }
                if (System.nanoTime() - since > STEADY.toNanos()) {
                    pause = SHORTEST_PAUSE;
                }
                progress.accept("%s died (exit %d), starting it again…".formatted(name, exit));
                child = startedAgain();
                progress.accept(name + " is back");
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private Child startedAgain() throws InterruptedException {
        while (true) {
            Thread.sleep(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            try {
                return starter.start();
            } catch (RuntimeException failed) { // also what nobody foresaw must not end the watch
                progress.accept("%s did not start, trying again in %.1f s: %s"
                        .formatted(name, pause.toMillis() / 1000.0, reason(failed)));
            }
        }
    }

    private static String reason(RuntimeException failed) {
        return failed instanceof EmbeddedStartException ? String.valueOf(failed.getMessage()) : failed.toString();
    }

    /**
     * Ends the watch first, then the child. The watcher either has handed over its last child or, interrupted in the
     * middle of a start, leaves none: so nothing is started behind this back.
     */
    @Override
    public void close() {
        closed = true;
        watcher.interrupt();
        boolean interrupted = false;
        while (watcher.isAlive()) {
            try {
                watcher.join();
            } catch (InterruptedException urgent) {
                interrupted = true; // every wait of the watcher is bounded
            }
        }
        child.stop();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
