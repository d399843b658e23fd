package io.peerscope.agent.queue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The agent's folder: segments, what became of them, and a lock, as two agents in one folder would lose reports. */
final class DiskFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel lock;

    private DiskFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static DiskFolder open(Path folder) throws IOException {
        FileChannel lock;
        try {
            Files.createDirectories(folder);
            lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException(
                    "the data folder %s cannot be used (%s); let data-dir name a folder that this user may write"
                            .formatted(folder, e),
                    e);
        }
        try {
            if (lock.tryLock() != null) {
                return new DiskFolder(folder, lock);
            }
        } catch (OverlappingFileLockException e) {
            // As below, by this very process.
        }
        lock.close();
        throw new IOException("another agent uses the data folder %s; stop it, or let data-dir name another folder"
                .formatted(folder));
    }

    Path path() {
        return folder;
    }

    /** All that was kept, oldest first; files without any report are deleted. */
    List<FileSegment> segments(QueueListener listener) throws IOException {
        List<FileSegment> segments = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted = files.filter(file -> file.toString().endsWith(FileSegment.SUFFIX))
                    .sorted()
                    .toList();
            for (Path file : sorted) {
                Optional<FileSegment> segment = FileSegment.open(file);
                if (segment.isEmpty() && Files.size(file) > 0) {
                    listener.unreadable(file, "it is no file of reports; delete it");
                } else if (segment.isEmpty() || segment.get().count() == 0) {
                    Files.deleteIfExists(file);
                } else {
                    if (segment.get().unreadable() > 0) {
                        listener.unreadable(file, segment.get().unreadable() + " reports in it are damaged");
                    }
                    segments.add(segment.get());
                }
            }
        }
        return segments;
    }

    FileSegment create(long number, long run, long firstReport) throws IOException {
        return FileSegment.create(folder, number, run, firstReport);
    }

    Checkpoint checkpoint() throws IOException {
        return Checkpoint.open(folder.resolve("progress"));
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            // It ends with the process.
        }
    }
}
