package io.peerscope.foundation.secret;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code peerscope.secrets.*}, the same for every service; a key is 32 bytes in base64 or hex. */
@ConfigMapping(prefix = "peerscope.secrets")
public interface SecretsSettings {
    /** What is written is sealed with this one. */
    Optional<String> key();

    /** A file that holds it, which outranks {@link #key}. */
    Optional<Path> keyFile();

    /** What was sealed with these can be read. */
    Optional<List<String>> oldKeys();

    Optional<List<Path>> oldKeyFiles();

    /** @throws IllegalArgumentException naming the setting that is wrong */
    default SecretBox toBox() {
        return SecretKeys.read(this);
    }
}
