package io.peerscope.contracts.security;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A token or session as others may know it: never the secret, only its hash. Value of {@code security.credentials},
 * keyed by id; a tombstone revokes it.
 *
 * @param name the host, or the user, that the credential speaks for
 * @param hash lower-case hex SHA-256 of the secret; enough because the secret has 256 random bits
 * @param expiresAt null: does not expire
 */
public record Credential(
        String id,
        Use use,
        Role role,
        String name,
        String hash,
        Instant createdAt,
        @Nullable Instant expiresAt) {

    /** A token goes into an Authorization header, a session into a cookie; neither works as the other. */
    public enum Use {
        TOKEN,
        SESSION;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Use of(String word) {
            for (Use use : values()) {
                if (use.word().equals(word)) {
                    return use;
                }
            }
            throw new IllegalArgumentException("use must be token or session, was " + word);
        }
    }
}
