package io.peerscope.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The claim of this JVM to a data folder. The operating system takes it back when the JVM goes, however it goes. */
final class DataDirOwner implements AutoCloseable {
    private static final String LOCK = "in-use.lock";
    private static final String OWNER = "in-use.pid";

    private final FileChannel channel;
    private final Path ownerFile;

    private DataDirOwner(FileChannel channel, Path ownerFile) {
        this.channel = channel;
        this.ownerFile = ownerFile;
    }

    static DataDirOwner claim(Path dataDir, String what) throws IOException {
        Path ownerFile = dataDir.resolve(OWNER);
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current());
        Optional<ProcessIdentity> owner = ProcessIdentity.read(ownerFile);
        // Asked before the lock file is touched: closing any descriptor of it would drop the lock this JVM holds
        // already.
        if (owner.equals(Optional.of(self))) {
            throw inUse(dataDir, what, owner);
        }
        FileChannel channel =
                FileChannel.open(dataDir.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw inUse(dataDir, what, owner);
        }
        self.write(ownerFile);
        return new DataDirOwner(channel, ownerFile);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            return null;
        }
    }

    private static EmbeddedStartException inUse(Path dataDir, String what, Optional<ProcessIdentity> owner) {
        String by = owner.map(process -> " (process " + process.pid() + ")").orElse("");
        return new EmbeddedStartException(
                "The %s data in %s are in use by another running instance%s. Stop it, or choose another data folder."
                        .formatted(what, dataDir, by));
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(ownerFile);
        } catch (IOException leftBehind) {
            // harmless: the next owner overwrites it
        }
        try {
            channel.close();
        } catch (IOException gone) {
            // the lock goes with the descriptor in any case
        }
    }
}
