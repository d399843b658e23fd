package io.peerscope.testkit.process;

import io.peerscope.contracts.security.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** A folder with one token a file: {@code admin}, {@code operator}, {@code viewer}, {@code fleet}. */
public record Tokens(Path folder) {
    private static final List<String> NAMES = List.of("admin", "operator", "viewer", "fleet");

    /** Makes the files; query-api reads them when it starts for the first time. */
    static Tokens create(Path folder) {
        SecureRandom random = new SecureRandom();
        try {
            Files.createDirectories(folder);
            for (String name : NAMES) {
                Files.writeString(folder.resolve(name), Secret.random(random).text() + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no tokens can be written to " + folder, e);
        }
        return new Tokens(folder);
    }

    public String of(String name) {
        try {
            return Files.readString(folder.resolve(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("no token for " + name, e);
        }
    }
}
