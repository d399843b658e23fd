package io.peerscope.alert.evaluation;

import io.peerscope.alert.rule.RuleIndex;
import io.peerscope.alert.rule.Slots;
import io.peerscope.alert.rule.Terms;
import io.peerscope.alert.window.Windows;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.WindowFunction;

/** The value that a rule judges when a sample has come. */
final class Measures {
    private final RuleIndex rules;
    private final Windows windows;

    Measures(RuleIndex rules, Windows windows) {
        this.rules = rules;
        this.windows = windows;
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
        };
    }

    private double value(Terms terms, Track track, String metric, WindowFunction function, long at) {
        Slots slots = rules.slots(terms.rule().kind());
        return windows.measure(function, track.series(slots.of(metric)), at, terms.over());
    }
}
