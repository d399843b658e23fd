package io.peerscope.query.rest;

import io.peerscope.query.history.Aggregate;
import io.peerscope.query.history.Grouping;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How series are put together: what all addresses about the past understand alike. */
final class SeriesParameters {
    private SeriesParameters() {}

    static Optional<Aggregate> aggregate(@Nullable String text) {
        return Query.text(text).map(word -> Aggregate.of(word)
                .orElseThrow(() ->
                        Query.wrong("aggregate", "avg, min, max, sum, count, last, rate, increase, p50, p95 or p99")));
    }

    static Grouping grouping(@Nullable List<String> names) {
        try {
            return Grouping.of(Query.list("group_by", names));
        } catch (IllegalArgumentException e) {
            throw Query.wrong("group_by", "none, subject, or names of labels, host or kind");
        }
    }
}
