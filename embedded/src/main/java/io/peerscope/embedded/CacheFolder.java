package io.peerscope.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where unpacked programs are kept for every run of this user: {@code -Dpeerscope.cache}, else for root
 * {@code /var/cache/peerscope} (PostgreSQL runs as another user then, who cannot see into root's home), else
 * {@code $XDG_CACHE_HOME/peerscope} or {@code ~/.cache/peerscope}.
 */
record CacheFolder(Path path) {
    static final String PROPERTY = "peerscope.cache";

    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    /** Fills a folder that becomes visible under its name only when it is complete. */
    interface Filling {
        void fill(Path folder) throws IOException, InterruptedException;
    }

    static CacheFolder ofThisUser(boolean root) {
        return new CacheFolder(chosen(root).toAbsolutePath().normalize());
    }

    private static Path chosen(boolean root) {
        String property = System.getProperty(PROPERTY, "");
        if (!property.isBlank()) {
            return Path.of(property);
        }
        if (root) {
            return Path.of("/var/cache/peerscope");
        }
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> folder.startsWith("/"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("peerscope");
    }

    /** The entry of that name, made first when there is none. Two processes at once make it once. */
    Path entry(String name, Filling filling) throws IOException, InterruptedException {
        Path entry = path.resolve(name);
        if (Files.isDirectory(entry)) {
            return entry;
        }
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path);
                Files.setPosixFilePermissions(path, READABLE); // whatever the umask: PostgreSQL may run as another user
            }
        } catch (IOException e) {
            throw new IOException("The cache folder %s cannot be made (choose another with -D%s=DIR): %s"
                    .formatted(path, PROPERTY, e.getMessage()));
        }
        try (FileChannel channel = FileChannel.open(
                        path.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = waitFor(channel)) {
            if (lock.isValid() && !Files.isDirectory(entry)) {
                fill(name, entry, filling);
            }
        }
        return entry;
    }

    private void fill(String name, Path entry, Filling filling) throws IOException, InterruptedException {
        Path fresh = Files.createTempDirectory(path, name + ".new-");
        try {
            Files.setPosixFilePermissions(fresh, READABLE); // APT downloads as a user of its own
            filling.fill(fresh);
            FolderTree.openToAll(fresh);
            Files.move(fresh, entry, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FolderTree.delete(fresh); // nothing is there after a success
        }
    }

    private static FileLock waitFor(FileChannel channel) throws IOException, InterruptedException {
        while (true) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            Thread.sleep(100);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException anotherThreadOfThisJvm) {
            return null;
        }
    }
}
