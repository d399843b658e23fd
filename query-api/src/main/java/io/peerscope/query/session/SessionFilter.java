package io.peerscope.query.session;

import java.time.Instant;
import java.util.Optional;

/**
 * Which measurements.
 *
 * @param user empty: of everybody
 * @param from inclusive
 * @param to exclusive
 */
public record SessionFilter(Optional<String> user, Instant from, Instant to) {}
