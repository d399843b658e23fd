package io.peerscope.contracts.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.catalogue.MetricDefinition;
import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The part of a rule document that says what is measured: {@code metric} or {@code ratio}, {@code aggregate}, {@code over}. */
final class MeasureDocument {
    /** A window is read anew after a restart, and kept in memory for every subject. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final String FUNCTIONS =
            Arrays.stream(WindowFunction.values()).map(WindowFunction::word).collect(Collectors.joining(", "));

    private static final MetricCatalogue CATALOGUE = MetricCatalogue.load();

    private final RuleFields fields;

    MeasureDocument(RuleFields fields) {
        this.fields = fields;
    }

    static void write(Measure measure, ObjectNode rule) {
        switch (measure) {
            case Measure.Newest newest -> rule.put("metric", newest.metric());
            case Measure.Window window -> {
                rule.put("metric", window.metric());
                write(window.function(), window.over(), rule);
            }
            case Measure.Ratio ratio -> {
                rule.putObject("ratio").put("of", ratio.metric()).put("to", ratio.to());
                write(ratio.function(), ratio.over(), rule);
            }
            case Measure.Detect detect -> DetectDocument.write(detect, rule);
            case Measure.State state -> {} // with its limits, which are words
            case Measure.Group group -> GroupDocument.write(group, rule);
        }
    }

    private static void write(WindowFunction function, Duration over, ObjectNode rule) {
        if (!over.isZero()) {
            rule.put("over", Spans.text(over));
            rule.put("aggregate", function.word());
        }
    }

    Measure read(String ruleId) {
        if (fields.given("detect")) {
            return new DetectDocument(fields).read(metric(ruleId));
        }
        DetectDocument.none(fields);
        Duration over = fields.span("over", LONGEST);
        WindowFunction function = fields.word("aggregate", WindowFunction.LAST, WindowFunction::of, FUNCTIONS);
        if (fields.given("aggregate") && !fields.given("over")) {
            fields.fault("over", ErrorCode.MISSING_FIELD, "is needed with aggregate; for example 5m");
        }
        if (!fields.given("ratio")) {
            return over.isZero() && !fields.given("aggregate")
                    ? new Measure.Newest(metric(ruleId))
                    : new Measure.Window(metric(ruleId), windowed(function), over);
        }
        if (fields.given("metric")) {
            fields.fault("metric", ErrorCode.BAD_PARAMETER, "a rule has a metric or a ratio, not both");
        }
        return ratio(function, over);
    }

    private WindowFunction windowed(WindowFunction function) {
        if (!fields.given("aggregate")) {
            fields.fault("aggregate", ErrorCode.MISSING_FIELD, "is needed with over, one of " + FUNCTIONS);
        }
        return function;
    }

    private Measure ratio(WindowFunction function, Duration over) {
        JsonNode ratio =
                fields.object("ratio", List.of("of", "to"), "{of: connection_failures, to: connection_attempts}");
        String of = field(ratio, "of");
        String to = field(ratio, "to");
        boolean counted = isCounter(of) || isCounter(to);
        if (function == WindowFunction.ABSENT) {
            fields.fault(
                    "aggregate", ErrorCode.BAD_PARAMETER, "nothing is the share of nothing; use absent with a metric");
        }
        if (counted && !fields.given("over")) {
            fields.fault(
                    "over",
                    ErrorCode.MISSING_FIELD,
                    "is needed, as %s only grows: over which time shall its growth be compared? for example 5m"
                            .formatted(isCounter(of) ? of : to));
        }
        if (of.equals(to) && !of.isEmpty()) {
            fields.fault(
                    "ratio.to",
                    ErrorCode.BAD_PARAMETER,
                    "is the same field as ratio.of, so this is always 1; name another one");
        }
        WindowFunction chosen = fields.given("aggregate")
                ? function
                : counted ? WindowFunction.RATE : over.isZero() ? WindowFunction.LAST : WindowFunction.AVG;
        return new Measure.Ratio(of, to, chosen, over);
    }

    private String field(JsonNode ratio, String part) {
        JsonNode name = ratio.path(part);
        if (!name.isTextual() || !Grammar.isName(name.textValue())) {
            fields.fault("ratio." + part, ErrorCode.BAD_NAME, "the name of a field, such as connection_failures");
            return "";
        }
        return CATALOGUE.canonicalName(name.textValue());
    }

    private static boolean isCounter(String metric) {
        return CATALOGUE.type(metric) == FieldType.COUNTER;
    }

    /** A rule that bears the name of a known metric need not repeat it. */
    private String metric(String ruleId) {
        if (fields.given("metric")) {
            return CATALOGUE.canonicalName(fields.name("metric", ""));
        }
        String known = CATALOGUE.canonicalName(ruleId);
        if (CATALOGUE.find(known).isEmpty()) {
            fields.fault(
                    "metric", ErrorCode.MISSING_FIELD, "is needed, unless the rule's id is the name of a known metric");
        }
        return known;
    }

    /** Notes limits that no value can break. */
    void reachable(Measure measure, Comparison comparison, Map<Severity, Double> limits) {
        limits.forEach((severity, limit) -> {
            if (measure.isAbsence()) {
                if (!comparison.holds(1, limit) || comparison.holds(0, limit)) {
                    fields.fault(
                            severity.word(),
                            ErrorCode.BAD_PARAMETER,
                            "absent is 1 while nothing comes and 0 otherwise: with operator >= the limit is 1");
                }
            } else if (fieldsRange(measure)) {
                CATALOGUE.find(measure.metric()).ifPresent(known -> reachable(known, comparison, severity, limit));
            }
        });
    }

    private static boolean fieldsRange(Measure measure) {
        return switch (measure) {
            case Measure.Newest newest -> true;
            case Measure.Window window -> window.function().withinFieldsRange();
            case Measure.Ratio ratio -> false;
            case Measure.Anomaly anomaly -> false;
            case Measure.Forecast forecast -> forecast.function().withinFieldsRange();
            case Measure.State state -> false;
            case Measure.Group group -> false;
        };
    }

    private void reachable(MetricDefinition known, Comparison comparison, Severity severity, double limit) {
        Double worst = comparison.upward() ? known.max() : known.min();
        if (worst != null && !comparison.holds(worst, limit)) {
            fields.fault(
                    severity.word(),
                    ErrorCode.BAD_PARAMETER,
                    "%s is never %s than %s, so this can never fire; choose a limit within %s"
                            .formatted(known.name(), comparison.upward() ? "higher" : "lower", worst, known.range()));
        }
    }
}
