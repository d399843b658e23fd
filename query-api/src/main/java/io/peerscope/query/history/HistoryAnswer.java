package io.peerscope.query.history;

import java.time.Instant;
import java.util.List;

/**
 * An answer about the past, and from what it was made.
 *
 * @param from of what it covers, which is at least what was asked for: a bucket in which an end lies counts whole
 * @param to the same; exclusive
 */
public record HistoryAnswer(
        String tier, long stepSeconds, Instant from, Instant to, String aggregate, List<Series> series) {}
