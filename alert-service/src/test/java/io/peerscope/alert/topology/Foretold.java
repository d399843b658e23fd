package io.peerscope.alert.topology;

import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Expectations of a host, simple enough to reckon with by heart. They hold for a day from the driver's beginning. */
final class Foretold {
    private static final Instant START = AlertsDriver.START;

    private Foretold() {}

    /** The same all day. */
    static Expectation usual(Rule rule, String host, double middle, double stray) {
        return expectation(rule, host, START, new Expectation.Usual(START, row(middle), row(stray), row(stray)));
    }

    /** As it is now, and within the rule's time at worst so much. */
    static Expectation heading(Rule rule, String host, double now, double worst, double perHour, Duration reached) {
        double limit = rule.limits().firstEntry().getValue();
        Instant at = START.plus(reached);
        return expectation(
                rule,
                host,
                START,
                new Expectation.Heading(
                        START,
                        row(now),
                        row(worst),
                        0.5,
                        perHour,
                        List.of(new Expectation.Crossing(limit, at, at.minusSeconds(7_200), at.plusSeconds(7_200)))));
    }

    static Expectation expectation(Rule rule, String host, Instant from, Expectation.Course course) {
        return new Expectation(
                rule.id(),
                Expectation.basis(rule),
                host,
                new AlertSubject(Subject.HOST, Map.of()),
                from,
                START.plus(Duration.ofDays(1)),
                28,
                course);
    }

    private static double[] row(double value) {
        double[] row = new double[26];
        Arrays.fill(row, value);
        return row;
    }
}
