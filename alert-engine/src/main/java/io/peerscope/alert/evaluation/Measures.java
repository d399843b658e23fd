package io.peerscope.alert.evaluation;

import io.peerscope.alert.rule.Finding;
import io.peerscope.alert.rule.RuleIndex;
import io.peerscope.alert.rule.Slots;
import io.peerscope.alert.rule.Terms;
import io.peerscope.alert.window.Windows;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.WindowFunction;
import org.jspecify.annotations.Nullable;

/** The value that a rule judges when a sample has come. */
final class Measures {
    private final RuleIndex rules;
    private final Windows windows;
    private final Foresight foresight;

    Measures(RuleIndex rules, Windows windows, Foresight foresight) {
        this.rules = rules;
        this.windows = windows;
        this.foresight = foresight;
    }

    /** @return NaN where nothing can be said */
    double value(Terms terms, Track track, double newest, long at) {
        return switch (terms.rule().measure()) {
            case Measure.Newest measure -> newest;
            case Measure.Window measure ->
                measure.isAbsence() ? 0 : value(terms, track, measure.metric(), measure.function(), at);
            case Measure.Ratio measure -> {
                double to = value(terms, track, measure.to(), measure.function(), at);
                yield to == 0 ? Double.NaN : value(terms, track, measure.metric(), measure.function(), at) / to;
            }
            case Measure.Detect measure ->
                foresight.judged(terms, track.subject(), detected(terms, track, measure, at), at);
            case Measure.State measure -> newest;
            case Measure.Group measure -> newest;
        };
    }

    /** What lies behind a value; null of a rule that does not detect, and where nothing is expected. */
    @Nullable
    Finding finding(Terms terms, Track track, long at) {
        return terms.rule().measure() instanceof Measure.Detect measure
                ? foresight.finding(terms, track.subject(), detected(terms, track, measure, at), at)
                : null;
    }

    private double detected(Terms terms, Track track, Measure.Detect measure, long at) {
        return value(terms, track, measure.metric(), measure.function(), at);
    }

    private double value(Terms terms, Track track, String metric, WindowFunction function, long at) {
        Slots slots = rules.slots(terms.rule().kind());
        return windows.measure(function, track.series(slots.of(metric)), at, terms.over());
    }
}
