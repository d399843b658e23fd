package io.peerscope.alert.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;

/** A server's clock that is as wrong as a file says, in seconds; what measures durations goes on as it did. */
record SetClock(Path file) implements Time {
    @Override
    public long milliseconds() {
        try {
            String seconds = Files.readString(file).strip();
            return Time.SYSTEM.milliseconds() + (seconds.isEmpty() ? 0 : Long.parseLong(seconds) * 1_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long hiResClockMs() {
        return Time.SYSTEM.hiResClockMs();
    }

    @Override
    public long nanoseconds() {
        return Time.SYSTEM.nanoseconds();
    }

    @Override
    public void sleep(long millis) {
        Time.SYSTEM.sleep(millis);
    }

    @Override
    public void waitObject(Object monitor, Supplier<Boolean> condition, long deadline) throws InterruptedException {
        Time.SYSTEM.waitObject(monitor, condition, deadline - milliseconds() + Time.SYSTEM.milliseconds());
    }

    @Override
    public Timer timer(long timeoutMillis) {
        return Time.SYSTEM.timer(timeoutMillis);
    }
}
