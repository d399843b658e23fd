package io.peerscope.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A process id together with its start: the id alone comes back after a reboot or a wrap-around. */
record ProcessIdentity(long pid, Instant started) {
    private static final Duration CLOCK_PLAY = Duration.ofSeconds(5);

    static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    static Optional<ProcessIdentity> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] words = Files.readString(file).strip().split(" ");
        try {
            return Optional.of(new ProcessIdentity(Long.parseLong(words[0]), Instant.parse(words[1])));
        } catch (RuntimeException halfWritten) {
            return Optional.empty();
        }
    }

    void write(Path file) throws IOException {
        Files.writeString(file, pid + " " + started + "\n");
    }

    Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> isSame(of(process)));
    }

    /** Linux counts starts from the boot, whose time of day moves a little when the clock is set. */
    private boolean isSame(ProcessIdentity other) {
        return Duration.between(started, other.started).abs().compareTo(CLOCK_PLAY) < 0;
    }
}
