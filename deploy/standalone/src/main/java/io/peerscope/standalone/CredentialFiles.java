package io.peerscope.standalone;

import io.peerscope.contracts.security.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;

/**
 * {@code credentials/} in the data folder: a file with one token and a newline for each of admin, operator, viewer and
 * fleet, readable by its owner only. Made on the first start and kept.
 */
final class CredentialFiles {
    private static final List<String> NAMES = List.of("admin", "operator", "viewer", "fleet");

    private final Path folder;

    CredentialFiles(Path data) {
        this.folder = data.resolve("credentials");
    }

    Path folder() {
        return folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    void create(SecureRandom random) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        for (String name : NAMES) {
            if (!Files.exists(file(name))) {
                write(name, Secret.random(random).text());
            }
        }
    }

    String read(String name) throws IOException {
        return Files.readString(file(name)).strip();
    }

    void write(String name, String token) throws IOException {
        Path file = file(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, token + "\n", StandardOpenOption.WRITE);
    }
}
