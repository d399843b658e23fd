package io.peerscope.contracts.rule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The part of a rule document that judges many subjects at once: {@code group}. */
final class GroupDocument {
    static final String FIELD = "group";

    private static final List<String> PARTS = List.of("of", "when", "min_subjects", "by");
    private static final String EXAMPLE =
            "{of: share, when: {state: connection_type, is: relay}, min_subjects: 20, by: region}";
    private static final List<String> CONDITION = List.of("metric", "operator", "limit", "state", "label", "is");
    private static final String CONDITIONS =
            "{metric: latency_ms, operator: \">\", limit: 200}, {state: connection_type, is: relay} or {label: path, is: relay}";
    private static final List<String> OF_ONE = List.of("metric", "ratio", "over", "aggregate");
    private static final int MOST_SUBJECTS = 1_000_000;
    private static final int MOST_LABELS = 8;
    private static final MetricCatalogue CATALOGUE = MetricCatalogue.load();

    private final RuleFields rule;
    private final RuleFields group;
    private final RuleFields when;

    GroupDocument(RuleFields rule) {
        this.rule = rule;
        this.group = rule.inside(FIELD, PARTS, EXAMPLE);
        this.when = group.inside("when", CONDITION, CONDITIONS);
    }

    static void write(Measure.Group measure, ObjectNode rule) {
        ObjectNode group = rule.putObject(FIELD);
        group.put("of", measure.of().word());
        ObjectNode when = group.putObject("when");
        switch (measure.when()) {
            case Condition.Number number ->
                when.put("metric", number.of())
                        .put("operator", number.comparison().sign())
                        .put("limit", number.limit());
            case Condition.Word word -> words(when.put("state", word.of()), word.words());
            case Condition.Label label -> words(when.put("label", label.of()), label.words());
        }
        group.put("min_subjects", measure.minSubjects());
        if (!measure.by().isEmpty()) {
            ArrayNode by = group.putArray("by");
            measure.by().forEach(by::add);
        }
    }

    private static void words(ObjectNode when, List<String> words) {
        ArrayNode is = when.putArray("is");
        words.forEach(is::add);
    }

    Measure.Group read() {
        for (String field : OF_ONE) {
            if (rule.given(field)) {
                rule.fault(
                        field,
                        ErrorCode.BAD_PARAMETER,
                        "is of a single subject; what counts in a group is said in group.when");
            }
        }
        Condition condition = condition();
        List<String> by = group.list("by");
        by.forEach(label -> {
            if (!Grammar.isName(label)) {
                group.fault("by", ErrorCode.BAD_NAME, "no sample can have the label " + label + ": ingest refuses it");
            }
        });
        if (by.size() > MOST_LABELS) {
            group.fault("by", ErrorCode.BAD_PARAMETER, "at most " + MOST_LABELS + " labels");
        }
        if (condition instanceof Condition.Label label) {
            tellsApart(label, by);
        }
        return new Measure.Group(
                group.word("of", Measure.Group.Of.SHARE, Measure.Group.Of::of, "share, count"),
                condition,
                group.wholeNumber("min_subjects", 1, MOST_SUBJECTS),
                by);
    }

    private void tellsApart(Condition.Label label, List<String> by) {
        if (by.contains(label.of())) {
            group.fault(
                    "by",
                    ErrorCode.BAD_PARAMETER,
                    "with %s every group would meet the condition as a whole or not at all; leave it out"
                            .formatted(label.of()));
        }
        if (rule.given("where", label.of())) {
            rule.fault(
                    "where." + label.of(),
                    ErrorCode.BAD_PARAMETER,
                    "would leave those out that do not meet the condition; leave it to group.when");
        }
    }

    private Condition condition() {
        long kinds = Stream.of("metric", "state", "label").filter(when::given).count();
        if (kinds != 1) {
            if (group.isObject("when")) {
                group.fault("when", ErrorCode.MISSING_FIELD, "one of " + CONDITIONS);
            }
            return new Condition.Number("", Comparison.ABOVE, 0);
        }
        if (when.given("metric")) {
            return number();
        }
        boolean state = when.given("state");
        Stream.of("operator", "limit")
                .filter(when::given)
                .forEach(field -> when.fault(field, ErrorCode.BAD_PARAMETER, "is for a metric; words are named in is"));
        String name = when.name(state ? "state" : "label", "");
        List<String> words = when.list("is");
        if (!when.given("is")) {
            when.fault("is", ErrorCode.MISSING_FIELD, "is needed: which words count? for example relay");
        }
        if (!state) {
            return new Condition.Label(name, words);
        }
        String canonical = CATALOGUE.canonicalState(name);
        StateDocument.spelt(when, "is", canonical, words);
        return new Condition.Word(canonical, words);
    }

    private Condition number() {
        if (when.given("is")) {
            when.fault("is", ErrorCode.BAD_PARAMETER, "is for a state or a label; a metric has operator and limit");
        }
        String metric = CATALOGUE.canonicalName(when.name("metric", ""));
        Comparison comparison = when.word("operator", Comparison.ABOVE, Comparison::of, "> >= < <=");
        double limit = when.number("limit");
        CATALOGUE.find(metric).ifPresent(known -> {
            Double worst = comparison.upward() ? known.max() : known.min();
            if (worst != null && !Double.isNaN(limit) && !comparison.holds(worst, limit)) {
                when.fault(
                        "limit",
                        ErrorCode.BAD_PARAMETER,
                        "no subject can meet this; choose a limit within " + known.range());
            }
        });
        return new Condition.Number(metric, comparison, limit);
    }

    /** Notes limits that no share and no count can break. */
    void reachable(Measure.Group measure, Comparison comparison, Map<Severity, Double> limits) {
        limits.forEach((severity, limit) -> {
            switch (measure.of()) {
                case SHARE -> {
                    if (!comparison.holds(comparison.upward() ? 1 : 0, limit)) {
                        rule.fault(
                                severity.word(),
                                ErrorCode.BAD_PARAMETER,
                                "a share is from 0 to 1, so this can never fire; 30 % is 0.3");
                    }
                }
                case COUNT -> {
                    if (!comparison.upward() && !comparison.holds(0, limit)) {
                        rule.fault(
                                severity.word(),
                                ErrorCode.BAD_PARAMETER,
                                "a count is never lower than 0, so this can never fire");
                    }
                }
            }
        });
    }
}
