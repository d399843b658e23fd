package io.peerscope.foundation.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Makes keys of what is configured. What is wrong is told without a character of the key. */
final class SecretKeys {
    private SecretKeys() {}

    static SecretBox read(SecretsSettings settings) {
        Optional<SecretKey> current = settings.keyFile()
                .map(file -> file("peerscope.secrets.key-file", file))
                .or(() -> settings.key().map(text -> text("peerscope.secrets.key", text)));
        List<SecretKey> old = new ArrayList<>();
        settings.oldKeyFiles()
                .orElse(List.of())
                .forEach(file -> old.add(file("peerscope.secrets.old-key-files", file)));
        settings.oldKeys().orElse(List.of()).forEach(text -> old.add(text("peerscope.secrets.old-keys", text)));
        return new SecretBox(current, old, new SecureRandom());
    }

    private static SecretKey file(String setting, Path file) {
        try {
            return text(setting + " (" + file + ")", Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(setting + ": " + file + " cannot be read", e);
        }
    }

    static SecretKey text(String setting, String text) {
        String stripped = text.strip();
        byte[] bytes;
        try {
            bytes = stripped.length() == 2 * SecretKey.BYTES
                    ? HexFormat.of().parseHex(stripped)
                    : Base64.getDecoder().decode(stripped);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + " is neither base64 nor hex");
        }
        if (bytes.length != SecretKey.BYTES) {
            throw new IllegalArgumentException(
                    setting + " must be " + SecretKey.BYTES + " bytes in base64 or hex, was " + bytes.length);
        }
        return SecretKey.of(bytes);
    }
}
