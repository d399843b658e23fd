package io.peerscope.query.detect;

import io.peerscope.alert.evaluation.EvaluationConfig;
import io.peerscope.alert.rehearsal.Rehearsal;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a rule that detects makes of some days of a synthetic network, with expectations made anew each hour. */
final class Judgement {
    private static final int HOUR = 60;

    private final Rule rule;
    private final Map<Made.Why, Integer> withheld = new EnumMap<>(Made.Why.class);
    private final List<AlertEvent> events;
    private int known;

    /** @param fields of the rule, without braces, with single quotes */
    Judgement(SyntheticNetwork network, String fields, Collection<Subject> subjects, int fromDay, int toDay) {
        this(network, rule(fields), subjects, fromDay, toDay);
    }

    Judgement(SyntheticNetwork network, Rule rule, Collection<Subject> subjects, int fromDay, int toDay) {
        this.rule = rule;
        ExpectationMaker maker = new ExpectationMaker(network, MetricCatalogue.load());
        int from = fromDay * SyntheticNetwork.DAY;
        int to = toDay * SyntheticNetwork.DAY;
        Rehearsal rehearsal = new Rehearsal(rule, List.of(), EvaluationConfig.defaults(), SyntheticNetwork.time(from));
        for (int minute = from - HOUR; minute < to; minute++) {
            if (minute % HOUR == 0) {
                make(maker, network, rehearsal, subjects, minute);
            }
            for (Subject subject : subjects) {
                double value = network.series(subject)[minute];
                if (minute >= from && !Double.isNaN(value)) {
                    rehearsal.point(Point.of(subject, SyntheticNetwork.time(minute), Map.of(rule.metric(), value)));
                }
            }
        }
        this.events = rehearsal.finish(SyntheticNetwork.time(to)).events();
    }

    private void make(
            ExpectationMaker maker,
            SyntheticNetwork network,
            Rehearsal rehearsal,
            Collection<Subject> subjects,
            int minute) {
        Instant hour = Instant.ofEpochMilli(SyntheticNetwork.time(minute));
        for (Made made : maker.make(rule, (Measure.Detect) rule.measure(), subjects, hour)) {
            switch (made) {
                case Made.Known expected -> {
                    known++;
                    rehearsal.expectation(expected.expectation());
                }
                case Made.Withheld not -> withheld.merge(not.why(), 1, Integer::sum);
            }
        }
    }

    int known() {
        return known;
    }

    Map<Made.Why, Integer> withheld() {
        return withheld;
    }

    List<AlertEvent> fired() {
        return events.stream()
                .filter(event -> event.transition() == AlertTransition.FIRING)
                .toList();
    }

    List<AlertEvent> firedOn(Subject subject) {
        return fired().stream()
                .filter(event -> event.data().host().equals(subject.host()))
                .toList();
    }

    List<AlertEvent> resolved() {
        return events.stream()
                .filter(event -> event.transition() == AlertTransition.RESOLVED)
                .toList();
    }

    static Rule rule(String fields) {
        String json = ("{" + fields + "}").replace('\'', '"');
        try {
            return RuleDocument.read(Json.mapper().readTree(json.getBytes(StandardCharsets.UTF_8)));
        } catch (RuleInvalidException | IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
