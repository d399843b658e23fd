package io.peerscope.query.access;

import com.fasterxml.jackson.annotation.JsonValue;
import io.peerscope.contracts.security.Credential;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A host's token as it may be shown.
 *
 * @param expiresAt null: does not expire
 * @param lastUsedAt when ingest last let somebody in by it, as exact as {@code peerscope.ingest.token-use-every}; null: never
 * @param replaced whether the host has a token that is valid for longer, so that it can go on
 */
public record HostToken(
        String id,
        String host,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        Status status,
        boolean replaced) {
    /** So long before its end a token is worth a warning. */
    public static final Duration WARNING = Duration.ofDays(14);

    public enum Status {
        VALID,
        EXPIRING,
        EXPIRED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param siblings all tokens of that host
     * @param uses by id
     */
    public static HostToken of(
            Credential token, Collection<Credential> siblings, Map<String, Instant> uses, Instant now) {
        Status status = status(token, now);
        boolean replaced = siblings.stream()
                .anyMatch(other -> status(other, now) != Status.EXPIRED && lasts(other, token.expiresAt()));
        return new HostToken(
                token.id(), token.name(), token.createdAt(), token.expiresAt(), uses.get(token.id()), status, replaced);
    }

    /** Those of one host. */
    public static List<HostToken> ofOne(List<Credential> tokens, Map<String, Instant> uses, Instant now) {
        return tokens.stream().map(token -> of(token, tokens, uses, now)).toList();
    }

    private static boolean lasts(Credential token, @Nullable Instant beyond) {
        return beyond != null && (token.expiresAt() == null || token.expiresAt().isAfter(beyond));
    }

    private static Status status(Credential token, Instant now) {
        Instant end = token.expiresAt();
        if (end == null || end.isAfter(now.plus(WARNING))) {
            return Status.VALID;
        }
        return end.isAfter(now) ? Status.EXPIRING : Status.EXPIRED;
    }
}
