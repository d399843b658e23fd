package io.peerscope.alert.group;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Staleness;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Condition;
import java.util.Map;
import java.util.TreeMap;

/** What a point says of a condition. */
enum Saying {
    MET,
    UNMET,
    /** There is nothing to measure any more. */
    ENDED,
    NOTHING;

    static Saying of(Condition condition, Point point) {
        return switch (condition) {
            case Condition.Number number -> {
                int column = point.shape().indexOf(number.of());
                yield column < 0 ? NOTHING : of(number, point.values()[column]);
            }
            case Condition.Word state -> {
                String word = point.states().get(state.of());
                yield word == null ? NOTHING : met(state.words().contains(word));
            }
            case Condition.Label label ->
                point.isEnd()
                        ? ENDED
                        : met(label.words().contains(point.subject().labels().get(label.of())));
        };
    }

    private static Saying of(Condition.Number number, double value) {
        if (Staleness.is(value)) {
            return ENDED;
        }
        return Double.isFinite(value) ? met(number.holds(value)) : NOTHING;
    }

    private static Saying met(boolean met) {
        return met ? MET : UNMET;
    }

    /** Who is counted: subjects that differ in nothing but the label in question are one. */
    static Subject member(Condition condition, Subject subject) {
        if (!(condition instanceof Condition.Label label)
                || subject.labels().get(label.of()).isEmpty()) {
            return subject;
        }
        Map<String, String> labels = new TreeMap<>(subject.labels().asMap());
        labels.remove(label.of());
        return new Subject(subject.host(), subject.kind(), Labels.of(labels));
    }
}
