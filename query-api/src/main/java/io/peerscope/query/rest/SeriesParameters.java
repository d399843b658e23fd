package io.peerscope.query.rest;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.query.history.Aggregate;
import io.peerscope.query.history.Grouping;
import io.peerscope.query.store.HistoryReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which series are meant and how they are put together: what all addresses about the past understand alike. */
final class SeriesParameters {
    private final HistoryReader history;
    private final Set<String> kinds;

    SeriesParameters(HistoryReader history, MetricCatalogue catalogue) {
        this.history = history;
        this.kinds = catalogue.all().stream()
                .flatMap(metric -> metric.kinds().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    static Optional<Aggregate> aggregate(@Nullable String text) {
        return Query.text(text).map(word -> Aggregate.of(word)
                .orElseThrow(() -> Query.wrong("aggregate", "avg, min, max, sum, count, last, rate, p50, p95 or p99")));
    }

    static Grouping grouping(@Nullable List<String> names) {
        try {
            return Grouping.of(Query.list(names));
        } catch (IllegalArgumentException e) {
            throw Query.wrong("group_by", "none, subject, or names of labels, host or kind");
        }
    }

    /** Senders may make up kinds, but one that nobody sent is a slip of the pen. */
    @Nullable
    String kind(@Nullable String text) {
        String kind = Query.text(text).orElse(null);
        if (kind == null || kinds.contains(kind)) {
            return kind;
        }
        TreeSet<String> known = new TreeSet<>(history.kinds());
        known.addAll(kinds);
        if (!known.contains(kind)) {
            throw Query.wrong("kind", "one of " + String.join(", ", known));
        }
        return kind;
    }
}
