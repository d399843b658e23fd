package io.peerscope.query.detect;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.query.history.RangeTooWideException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

/** What would have been expected in a stretch of the past, hour after hour, each from what was known by then. */
public final class RehearsedExpectations {
    private static final Duration HOUR = Duration.ofHours(1);
    /** Each takes some milliseconds. */
    private static final long MOST = 5_000;

    private final Rule rule;
    private final ExpectationMaker maker;
    private final Consumer<Expectation> to;
    private final List<Subject> subjects;
    private Instant next;

    /**
     * Of a rule that does not detect there are none.
     *
     * @throws RangeTooWideException where it would take too long
     */
    public RehearsedExpectations(
            Rule rule,
            SeriesPast past,
            MetricCatalogue catalogue,
            Instant from,
            Instant until,
            Consumer<Expectation> to) {
        this.rule = rule;
        this.maker = new ExpectationMaker(past, catalogue);
        this.to = to;
        this.subjects = rule.measure() instanceof Measure.Detect ? past.subjects(rule) : List.of();
        this.next = from.truncatedTo(ChronoUnit.HOURS).minus(HOUR);
        long making = subjects.size() * (Duration.between(next, until).toHours() + 1);
        if (making > MOST) {
            throw new RangeTooWideException(
                    "this makes %d expectations, one for each series and hour; the limit is %d.".formatted(making, MOST)
                            + " Choose a shorter time, or fewer subjects with where: {host: …}");
        }
    }

    /** Says everything that was expected by then. In order of time. */
    public void until(Instant time) {
        while (rule.measure() instanceof Measure.Detect measure && !next.isAfter(time)) {
            for (List<Subject> part : ExpectationMaker.parts(subjects)) {
                for (Made made : maker.make(rule, measure, part, next)) {
                    if (made instanceof Made.Known known) {
                        to.accept(known.expectation());
                    }
                }
            }
            next = next.plus(HOUR);
        }
    }
}
