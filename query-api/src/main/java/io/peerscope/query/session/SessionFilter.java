package io.peerscope.query.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which measurements.
 *
 * @param user empty: of everybody
 * @param from inclusive
 * @param to exclusive
 */
public record SessionFilter(Optional<String> user, Instant from, Instant to) {
    /** A stream of which nothing was heard for so long has ended without a word. */
    private static final Duration ACTIVE = Duration.ofSeconds(60);
    /** Event times may lie a little ahead of us. */
    private static final Duration AHEAD = Duration.ofSeconds(2);

    /** Up to now. */
    public static SessionFilter last(Optional<String> user, Duration length, Instant now) {
        return new SessionFilter(user, now.minus(length), now.plus(AHEAD));
    }

    /** Of everybody who is active. */
    public static SessionFilter active(Instant now) {
        return last(Optional.empty(), ACTIVE, now);
    }

    /** Since when one must have been heard of to be active now. */
    public static Instant activeSince(Instant now) {
        return now.minus(ACTIVE);
    }
}
