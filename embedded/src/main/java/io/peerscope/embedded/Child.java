package io.peerscope.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A running child. {@code process} is what this JVM started, and its standard input is the lifeline; {@code main} is the
 * process that does the work: the same one, or one that {@code process} watches over.
 */
record Child(Process process, ProcessHandle main) {
    /** Longer than any child grants itself for its orderly stop. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    long pid() {
        return main.pid();
    }

    int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    /** Cuts the lifeline, waits for the orderly stop, and kills what has not gone by then. Idempotent. */
    void stop() {
        cutLifeline();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        while (isAlive() && System.nanoTime() < deadline) {
            try {
                if (process.waitFor(50, TimeUnit.MILLISECONDS) && main.isAlive()) {
                    Thread.sleep(50);
                }
            } catch (InterruptedException urgent) {
                interrupted =
                        true; // the stop itself is bounded; an owner who is in a hurry still must not leak a process
            }
        }
        kill();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void kill() {
        cutLifeline();
        main.destroyForcibly();
        process.destroyForcibly();
    }

    boolean isAlive() {
        return process.isAlive() || main.isAlive();
    }

    private void cutLifeline() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // its reader is gone already
        }
    }
}
