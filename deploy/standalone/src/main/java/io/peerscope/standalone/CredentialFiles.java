package io.peerscope.standalone;

import io.peerscope.contracts.security.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * {@code credentials/} in the data folder: a file with one token and a newline for each of admin, operator, viewer and
 * fleet, readable by its owner only; beside it {@code secrets.key}, with which secrets of channels are sealed. Made on the
 * first start and kept.
 */
final class CredentialFiles {
    private static final List<String> NAMES = List.of("admin", "operator", "viewer", "fleet");

    private static final int KEY_BYTES = 32;

    private final Path folder;
    private final Path key;

    CredentialFiles(Path data) {
        this.folder = data.resolve("credentials");
        this.key = data.resolve("secrets.key");
    }

    Path folder() {
        return folder;
    }

    Path key() {
        return key;
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

    /** Only where there is none: without the one that sealed it, what is sealed stays so. */
    void createKey(SecureRandom random) throws IOException {
        if (!Files.exists(key)) {
            byte[] bytes = new byte[KEY_BYTES];
            random.nextBytes(bytes);
            write(key, Base64.getEncoder().encodeToString(bytes));
        }
    }

    String read(String name) throws IOException {
        return Files.readString(file(name)).strip();
    }

    void write(String name, String token) throws IOException {
        write(file(name), token);
    }

    private static void write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text + "\n", StandardOpenOption.WRITE);
    }
}
