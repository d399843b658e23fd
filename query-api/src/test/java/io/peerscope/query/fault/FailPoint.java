package io.peerscope.query.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a process does to itself in the middle of a transaction.
 *
 * @param after so many times it passes by unharmed
 */
record FailPoint(Where where, What what, int after) {
    static final FailPoint NONE = new FailPoint(Where.NOWHERE, What.DIE, 0);

    enum Where {
        NOWHERE,
        /** The server has been told to take rows, and given some. */
        IN_COPY,
        /** Rows are written, the position has moved, and what is left is to book it. */
        AFTER_COPY,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    enum What {
        /** As by kill -9: no hook runs and no goodbye is said. */
        DIE,
        /** As by kill -STOP: sockets stay open and nobody answers. */
        STOP
    }

    static FailPoint parse(String text) {
        String[] parts = text.split(",", -1);
        return new FailPoint(Where.valueOf(parts[0]), What.valueOf(parts[1]), Integer.parseInt(parts[2]));
    }

    String text() {
        return where + "," + what + "," + after;
    }

    void reached(Where here, AtomicInteger passed) {
        if (here != where || passed.getAndIncrement() != after) {
            return;
        }
        switch (what) {
            case DIE -> Runtime.getRuntime().halt(137);
            case STOP -> {
                try {
                    new ProcessBuilder(
                                    "kill",
                                    "-STOP",
                                    Long.toString(ProcessHandle.current().pid()))
                            .start()
                            .waitFor();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
