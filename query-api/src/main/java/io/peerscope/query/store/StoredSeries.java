package io.peerscope.query.store;

import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.WindowFunction;
import io.peerscope.query.detect.SeriesPast;
import io.peerscope.query.history.Aggregate;
import io.peerscope.query.history.Grouping;
import io.peerscope.query.history.HistoryAnswer;
import io.peerscope.query.history.HistoryRequest;
import io.peerscope.query.history.RangeTooWideException;
import io.peerscope.query.history.Series;
import io.peerscope.query.trend.Steps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** The past of series, out of the tiers. */
public final class StoredSeries implements SeriesPast {
    private final HistoryReader history;
    private final Supplier<Kept> kept;
    private final InstantSource clock;

    /** @param history without a bound of rows, as few series are asked for at a time */
    public StoredSeries(HistoryReader history, Supplier<Kept> kept, InstantSource clock) {
        this.history = history;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public List<Subject> subjects(Rule rule) {
        Terms terms = Terms.of(rule);
        return history.subjects(rule.metric(), rule.kind(), Map.of()).stream()
                .filter(terms::covers)
                .toList();
    }

    @Override
    public Kept kept() {
        return kept.get();
    }

    @Override
    public Map<Subject, Steps> read(
            Measure.Detect measure, Collection<Subject> subjects, Instant from, Instant to, Duration step) {
        Map<Subject, Steps> read = new HashMap<>();
        if (subjects.isEmpty()) {
            return read;
        }
        HistoryRequest request = new HistoryRequest(
                from,
                to,
                List.of(measure.metric()),
                subjects.stream().map(Subject::host).distinct().toList(),
                subjects.iterator().next().kind(),
                Map.of(),
                measure.function() == WindowFunction.RATE ? Aggregate.RATE : Aggregate.AVG,
                new Grouping.Each(),
                Math.toIntExact(Duration.between(from, to).dividedBy(step)));
        HistoryAnswer answer;
        try {
            answer = history.answer(request, clock.instant());
        } catch (RangeTooWideException notKept) {
            return read;
        }
        if (answer.stepSeconds() != step.toSeconds()) {
            return read;
        }
        Set<Subject> wanted = Set.copyOf(subjects);
        for (Series series : answer.series()) {
            Subject subject = new Subject(
                    Objects.requireNonNull(series.host()),
                    Objects.requireNonNull(series.kind()),
                    Labels.of(series.labels()));
            if (wanted.contains(subject)) {
                read.put(subject, Steps.of(series.points(), from.toEpochMilli(), to.toEpochMilli(), step.toMillis()));
            }
        }
        return read;
    }
}
