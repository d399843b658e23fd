package io.peerscope.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Operations on a folder with all that is in it. */
final class FolderTree {
    private FolderTree() {}

    /** Lets every user read it, whatever the umask was when it was written. */
    static void openToAll(Path root) throws IOException {
        try (Stream<Path> entries = Files.walk(root)) {
            for (Path entry :
                    entries.filter(path -> !Files.isSymbolicLink(path)).toList()) {
                boolean enter = Files.isDirectory(entry) || Files.isExecutable(entry);
                Files.setPosixFilePermissions(
                        entry, PosixFilePermissions.fromString(enter ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException trouble) throws IOException {
                if (trouble != null) {
                    throw trouble;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
