package io.peerscope.contracts.rule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.problem.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A rule document that judges words: {@code state}, and for each severity the words that are so bad. */
final class StateDocument {
    static final String FIELD = "state";

    private static final List<String> OF_NUMBERS =
            List.of("metric", "ratio", "over", "aggregate", "group", "operator", "clear");
    private static final MetricCatalogue CATALOGUE = MetricCatalogue.load();

    private final RuleFields fields;

    StateDocument(RuleFields fields) {
        this.fields = fields;
    }

    static void write(Measure.State state, NavigableMap<Severity, Double> limits, ObjectNode rule) {
        rule.put(FIELD, state.metric());
        for (Map.Entry<Severity, Double> limit : limits.entrySet()) {
            Map.Entry<Severity, Double> worse = limits.higherEntry(limit.getKey());
            int from = limit.getValue().intValue() - 1;
            int to = worse == null ? state.words().size() : worse.getValue().intValue() - 1;
            ArrayNode words = rule.putArray(limit.getKey().word());
            state.words().subList(from, to).forEach(words::add);
        }
    }

    /** @param limits takes the rank of each severity's first word */
    Measure.State read(Map<Severity, Double> limits) {
        for (String field : OF_NUMBERS) {
            if (fields.given(field)) {
                fields.fault(
                        field,
                        ErrorCode.BAD_PARAMETER,
                        "is for numbers; a rule with a state names the words of each severity, such as critical: open");
            }
        }
        String state = CATALOGUE.canonicalState(fields.name(FIELD, ""));
        NavigableMap<Severity, List<String>> bySeverity = new TreeMap<>();
        for (Severity severity : Severity.values()) {
            List<String> words = fields.list(severity.word());
            if (!words.isEmpty()) {
                bySeverity.put(severity, words);
            }
        }
        List<String> ranked = new ArrayList<>();
        bySeverity.forEach((severity, words) -> {
            limits.put(severity, ranked.size() + 1.0);
            words.forEach(word -> rank(severity, word, ranked));
        });
        spelt(state, bySeverity);
        return new Measure.State(state, List.copyOf(ranked));
    }

    private void rank(Severity severity, String word, Collection<String> ranked) {
        if (ranked.contains(word)) {
            fields.fault(
                    severity.word(), ErrorCode.BAD_PARAMETER, word + " has a milder severity already; leave one out");
        } else {
            ranked.add(word);
        }
    }

    private void spelt(String state, Map<Severity, List<String>> bySeverity) {
        bySeverity.forEach((severity, words) -> spelt(fields, severity.word(), state, words));
    }

    /** Words are kept as they come, so others than the usual ones may be meant, but not the same in capitals. */
    static void spelt(RuleFields fields, String field, String state, List<String> words) {
        CATALOGUE.findState(state).ifPresent(known -> words.stream()
                .filter(word -> !known.values().contains(word))
                .forEach(word -> known.values().stream()
                        .filter(usual -> usual.equalsIgnoreCase(word))
                        .findFirst()
                        .ifPresent(usual -> fields.fault(
                                field,
                                ErrorCode.BAD_VALUE,
                                "%s is sent as %s, so %s is never met".formatted(state, usual, word)))));
    }
}
