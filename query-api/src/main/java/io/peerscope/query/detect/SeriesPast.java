package io.peerscope.query.detect;

import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.query.trend.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The stored past of series, in even steps. */
public interface SeriesPast {
    /** Every subject that the rule covers and that ever sent its metric. */
    List<Subject> subjects(Rule rule);

    /** How far back hours, and how far back minutes, are kept. */
    Kept kept();

    record Kept(Duration hours, Duration minutes) {}

    /**
     * What {@code over} makes of the samples of each step.
     *
     * @param from a multiple of the step; the steps end at {@code to}
     * @return nothing of subjects without a value, and of none where so fine steps are not kept
     */
    Map<Subject, Steps> read(
            Measure.Detect measure, Collection<Subject> subjects, Instant from, Instant to, Duration step);
}
