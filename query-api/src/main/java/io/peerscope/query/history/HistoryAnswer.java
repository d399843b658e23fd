package io.peerscope.query.history;

import java.time.Instant;
import java.util.List;

/** An answer about the past, and from what it was made. */
public record HistoryAnswer(
        String tier, long stepSeconds, Instant from, Instant to, String aggregate, List<Series> series) {}
