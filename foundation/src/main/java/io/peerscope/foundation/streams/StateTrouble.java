package io.peerscope.foundation.streams;

import io.peerscope.foundation.health.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** Threads that died of their stores: a disk that is full, or broken. Thread-safe. */
final class StateTrouble {
    /** Without another death for so long it is over: long enough to open and fill the stores once more. */
    static final Duration OVER_AFTER = Duration.ofSeconds(30);

    /** With less than this RocksDB cannot even open a store. */
    private static final long NOTHING_LEFT = 4 << 20;

    private final Path stateDir;
    private final LongSupplier nanos;
    private @Nullable Trouble last;

    private record Trouble(String why, long at) {}

    /** @param nanos of a clock that is never set */
    StateTrouble(Path stateDir, LongSupplier nanos) {
        this.stateDir = stateDir;
        this.nanos = nanos;
    }

    /** @return what to do about it, where the stores are what it died of */
    synchronized Optional<String> died(String name, Throwable failure) {
        if (!ofStores(failure)) {
            return Optional.empty();
        }
        String why = full(failure)
                ? ("%s stands still: no space is left on the disk of its state, %s. Free some; it goes on by itself from"
                                + " where it was, nothing is lost")
                        .formatted(name, stateDir)
                : "%s stands still: it cannot use its state in %s: %s. It is tried again; if the disk is broken, stop it, move the folder away and start it: all of it is on Kafka"
                        .formatted(name, stateDir, root(failure).getMessage());
        last = new Trouble(why, nanos.getAsLong());
        return Optional.of(why);
    }

    synchronized Condition condition() {
        Trouble known = last;
        if (known == null || nanos.getAsLong() - known.at() > OVER_AFTER.toNanos()) {
            last = null;
            return Condition.ok();
        }
        return new Condition.Down(known.why());
    }

    private static boolean ofStores(Throwable failure) {
        for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof ProcessorStateException || at instanceof RocksDBException) {
                return true;
            }
        }
        return false;
    }

    private boolean full(Throwable failure) {
        for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
            String message = String.valueOf(at.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("no space left") || message.contains("quota exceeded")) {
                return true;
            }
        }
        try {
            return Files.getFileStore(stateDir).getUsableSpace() < NOTHING_LEFT;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }
}
