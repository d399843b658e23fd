package io.peerscope.contracts.security;

import java.time.Instant;
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
        String id, Use use, Role role, String name, String hash, Instant createdAt, @Nullable Instant expiresAt) {

    /** A token goes into an Authorization header, a session into a cookie; neither works as the other. */
    public enum Use {
        TOKEN,
        SESSION
    }
}
