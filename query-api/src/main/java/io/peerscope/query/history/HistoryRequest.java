package io.peerscope.query.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the past.
 *
 * @param from inclusive
 * @param to exclusive
 * @param hosts empty: all
 * @param kind null: all
 * @param labels which the subjects must have: of each name one of the values, "" standing for subjects without such a label
 * @param maxPoints in a series
 */
public record HistoryRequest(
        Instant from,
        Instant to,
        List<String> metrics,
        List<String> hosts,
        @Nullable String kind,
        Map<String, Set<String>> labels,
        Aggregate aggregate,
        Grouping grouping,
        int maxPoints) {}
