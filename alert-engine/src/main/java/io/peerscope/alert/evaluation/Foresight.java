package io.peerscope.alert.evaluation;

import io.peerscope.alert.rule.Finding;
import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is expected of series, by rule and subject, and how a value compares with it. */
final class Foresight {
    /** The one that holds and the next; a third is only known for a moment. */
    private static final int MOST = 3;

    private final Map<String, Map<Subject, List<Expectation>>> byRule = new HashMap<>();

    /** @return those that it replaces */
    List<Expectation> put(Expectation expectation) {
        List<Expectation> known = byRule.computeIfAbsent(expectation.ruleId(), id -> new HashMap<>())
                .computeIfAbsent(expectation.on(), subject -> new ArrayList<>(MOST));
        List<Expectation> replaced = new ArrayList<>();
        known.removeIf(other -> {
            boolean same = other.from().equals(expectation.from());
            boolean foreign = !other.basis().equals(expectation.basis());
            if (foreign && !same) {
                replaced.add(other);
            }
            return same || foreign;
        });
        known.add(expectation);
        known.sort((one, other) -> one.from().compareTo(other.from()));
        while (known.size() > MOST) {
            replaced.add(known.removeFirst());
        }
        return replaced;
    }

    /** Takes out what answers to the description. */
    List<Expectation> forget(Predicate<Expectation> old) {
        List<Expectation> gone = new ArrayList<>();
        for (Iterator<Map<Subject, List<Expectation>>> rules = byRule.values().iterator(); rules.hasNext(); ) {
            Map<Subject, List<Expectation>> subjects = rules.next();
            subjects.values().removeIf(known -> {
                known.removeIf(each -> {
                    boolean out = old.test(each);
                    if (out) {
                        gone.add(each);
                    }
                    return out;
                });
                return known.isEmpty();
            });
            if (subjects.isEmpty()) {
                rules.remove();
            }
        }
        return gone;
    }

    /**
     * What is held against the rule's limits: of an anomaly how far the value strays, of a forecast the worst it comes to.
     *
     * @return NaN where nothing is expected, or there is no value
     */
    double judged(Terms terms, Subject subject, double value, long at) {
        Expectation expectation = holding(terms, subject, at);
        if (expectation == null || Double.isNaN(value)) {
            return Double.NaN;
        }
        return switch (expectation.course()) {
            case Expectation.Usual usual ->
                terms.rule().measure() instanceof Measure.Anomaly anomaly
                        ? strayed(anomaly, usual, value, at)
                        : Double.NaN;
            case Expectation.Heading heading ->
                worst(heading, value, at, terms.rule().comparison().upward());
        };
    }

    private static double strayed(Measure.Anomaly anomaly, Expectation.Usual usual, double value, long at) {
        double stray = value - usual.middle(at);
        if (Double.isNaN(stray)) {
            return Double.NaN;
        }
        Measure.Side blind = stray > 0 ? Measure.Side.DOWN : Measure.Side.UP;
        if (Math.abs(stray) <= anomaly.margin() || anomaly.side() == blind) {
            return 0;
        }
        return stray > 0 ? stray / usual.above(at) : -stray / usual.below(at);
    }

    private static double worst(Expectation.Heading heading, double value, long at, boolean upward) {
        double ahead = heading.worst(at) + Finding.mended(value, heading.expected(at), heading.slack(), upward);
        return Double.isNaN(ahead) ? value : upward ? Math.max(value, ahead) : Math.min(value, ahead);
    }

    @Nullable
    Finding finding(Terms terms, Subject subject, double value, long at) {
        Expectation expectation = holding(terms, subject, at);
        if (expectation == null) {
            return null;
        }
        return switch (expectation.course()) {
            case Expectation.Usual usual ->
                new Finding(
                        value,
                        usual.middle(at),
                        usual.below(at),
                        usual.above(at),
                        null,
                        expectation.historyDays(),
                        List.of());
            case Expectation.Heading heading ->
                new Finding(
                        value,
                        heading.expected(at),
                        heading.slack(),
                        heading.slack(),
                        heading.perHour(),
                        expectation.historyDays(),
                        heading.crossings());
        };
    }

    /** The newest that holds at that time. */
    private @Nullable Expectation holding(Terms terms, Subject subject, long at) {
        Map<Subject, List<Expectation>> subjects = byRule.get(terms.rule().id());
        List<Expectation> known = subjects == null ? null : subjects.get(subject);
        if (known == null) {
            return null;
        }
        for (int i = known.size() - 1; i >= 0; i--) {
            Expectation each = known.get(i);
            if (each.holds(at) && each.basis().equals(terms.basis())) {
                return each;
            }
        }
        return null;
    }
}
