package io.peerscope.cli.report;

import io.peerscope.cli.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what takes a while, and says so from the third second on. */
public final class Patience {
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(150);

    private final Console console;
    private final Duration limit;

    public Patience(Console console, Duration limit) {
        this.console = console;
        this.limit = limit;
    }

    public Duration limit() {
        return limit;
    }

    /** Where less is enough. */
    public Patience atMost(Duration less) {
        return new Patience(console, less.compareTo(limit) < 0 ? less : limit);
    }

    /**
     * Looks until something is there.
     *
     * @throws Failure with this cure, where it is not there in time
     */
    public <T> T until(String what, String cure, Supplier<Optional<T>> look) {
        long begun = System.nanoTime();
        long told = 0;
        while (true) {
            Optional<T> found = look.get();
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            if (found.isPresent()) {
                if (told > 0) {
                    console.progressOver();
                }
                return found.get();
            }
            if (seconds >= limit.toSeconds()) {
                console.progressOver();
                throw Failure.wrong("waited %d s for %s in vain".formatted(seconds, what), cure);
            }
            if (seconds >= QUIET.toSeconds() && seconds > told) {
                told = seconds;
                console.progress("  waiting for %s, %d s".formatted(what, seconds));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
