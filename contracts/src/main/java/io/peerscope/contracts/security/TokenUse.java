package io.peerscope.contracts.security;

import java.time.Instant;

/**
 * That a token opened a door of ingest. Value of {@code security.token.use}, keyed by the token's id. Written at most once in a
 * while for each token and instance, so the newest use may be that much later; losing one loses nothing else.
 */
public record TokenUse(Instant usedAt) {}
