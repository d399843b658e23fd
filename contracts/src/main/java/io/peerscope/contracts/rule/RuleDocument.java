package io.peerscope.contracts.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A rule as people write it (api.md, "Alerts"): severities are fields of their own, durations whole seconds. Reading
 * collects every fault before it gives up, so that one round trip mends them all.
 */
public final class RuleDocument {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
    /** Addresses beside {@code /api/v1/rules/{id}} that are no rules. */
    private static final Set<String> RESERVED = Set.of("import", "what-if");

    private static final List<String> FIELDS = List.of(
            "id",
            "version",
            "metric",
            "ratio",
            "over",
            "aggregate",
            "detect",
            "season",
            "direction",
            "margin",
            "within",
            "state",
            "group",
            "kind",
            "where",
            "operator",
            "info",
            "warning",
            "high",
            "critical",
            "duration",
            "clear",
            "keep_firing_for",
            "no_data",
            "no_data_after",
            "flapping",
            "labels",
            "summary",
            "enabled");
    private static final Duration NO_DATA_AFTER = Duration.ofMinutes(5);

    private final JsonNode document;
    private final RuleFields fields;

    private RuleDocument(JsonNode document) {
        this.document = document;
        this.fields = new RuleFields(document);
    }

    /**
     * What somebody writes.
     *
     * @throws RuleInvalidException with every fault of the document
     */
    public static Rule read(JsonNode document) throws RuleInvalidException {
        RuleDocument read = new RuleDocument(document);
        Rule rule = read.toRule();
        new RuleSense(read.fields).judge(rule);
        read.refuseFaults();
        return rule;
    }

    /**
     * What was written and is kept. It may make no {@link RuleSense}: it was let in when less was asked of rules, and goes
     * on as it did.
     *
     * @throws RuleInvalidException also where the bytes are not JSON
     */
    public static Rule read(byte[] json) throws RuleInvalidException {
        try {
            return new RuleDocument(Json.mapper().readTree(json)).toRule();
        } catch (IOException e) {
            throw new RuleInvalidException(
                    List.of(Problem.Detail.of("", ErrorCode.MALFORMED, "not JSON: " + e.getMessage())));
        }
    }

    public static ObjectNode write(Rule rule) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("id", rule.id());
        node.put("version", rule.version());
        MeasureDocument.write(rule.measure(), node);
        node.put("kind", rule.kind());
        node.set("where", Json.mapper().valueToTree(rule.where()));
        if (rule.measure() instanceof Measure.State state) {
            StateDocument.write(state, rule.limits(), node);
        } else {
            if (!(rule.measure() instanceof Measure.Anomaly)) {
                node.put("operator", rule.comparison().sign());
            }
            rule.limits().forEach((severity, limit) -> node.put(severity.word(), limit));
        }
        node.put("duration", rule.duration().toSeconds());
        if (!(rule.measure() instanceof Measure.State)) {
            ObjectNode clear = node.putObject("clear");
            rule.clear().forEach((severity, limit) -> clear.put(severity.word(), limit));
        }
        node.put("keep_firing_for", rule.keepFiringFor().toSeconds());
        node.put("no_data", rule.noData().word());
        node.put("no_data_after", rule.noDataAfter().toSeconds());
        FlappingDocument.write(rule.flapping(), node);
        node.set("labels", Json.mapper().valueToTree(rule.labels()));
        node.put("summary", rule.summary());
        node.put("enabled", rule.enabled());
        return node;
    }

    private Rule toRule() throws RuleInvalidException {
        if (!document.isObject()) {
            throw new RuleInvalidException(
                    List.of(Problem.Detail.of("", ErrorCode.MALFORMED, "a rule is an object with fields")));
        }
        fields.allowOnly(FIELDS);
        String id = fields.text("id", "");
        if (!ID.matcher(id).matches()) {
            fields.fault(
                    "id",
                    ErrorCode.BAD_NAME,
                    "1 to 128 letters, digits, '_', '-' or '.', starting with a letter or digit");
        } else if (RESERVED.contains(id)) {
            fields.fault("id", ErrorCode.BAD_NAME, "is an address of its own below /rules; choose another name");
        }
        Judged judged = fields.given(StateDocument.FIELD) ? words() : numbers(id);
        Measure measure = judged.measure();
        NoData noData = fields.word("no_data", NoData.KEEP, NoData::of, "keep, resolve, alert");
        Duration noDataAfter = fields.seconds("no_data_after", NO_DATA_AFTER);
        if (noData != NoData.KEEP && noDataAfter.isZero()) {
            fields.fault("no_data_after", ErrorCode.BAD_PARAMETER, "at least 1: nobody speaks without a pause");
        }
        if (noData != NoData.KEEP && measure.isAbsence()) {
            fields.fault(
                    "no_data", ErrorCode.BAD_PARAMETER, "absent says itself that nothing comes; leave no_data out");
        }
        Rule rule = new Rule(
                id,
                fields.version(),
                measure,
                fields.name("kind", Subject.HOST),
                where(),
                judged.comparison(),
                Collections.unmodifiableNavigableMap(judged.limits()),
                fields.seconds("duration", Duration.ZERO),
                Collections.unmodifiableMap(judged.clear()),
                fields.seconds("keep_firing_for", Duration.ZERO),
                noData,
                noDataAfter,
                new FlappingDocument(fields).read(document),
                fields.texts("labels"),
                fields.text("summary", ""),
                fields.bool("enabled", true));
        refuseFaults();
        return rule;
    }

    private void refuseFaults() throws RuleInvalidException {
        if (!fields.faults().isEmpty()) {
            throw new RuleInvalidException(fields.faults());
        }
    }

    /** What is held against what. */
    private record Judged(
            Measure measure,
            Comparison comparison,
            NavigableMap<Severity, Double> limits,
            Map<Severity, Double> clear) {}

    private Judged words() {
        NavigableMap<Severity, Double> limits = new TreeMap<>();
        Measure.State state = new StateDocument(fields).read(limits);
        some(limits);
        return new Judged(state, Comparison.AT_LEAST, limits, Map.of());
    }

    private Judged numbers(String id) {
        Comparison comparison = fields.word("operator", Comparison.ABOVE, Comparison::of, "> >= < <=");
        NavigableMap<Severity, Double> limits = new TreeMap<>(fields.limits());
        some(limits);
        order(limits, comparison);
        Measure measure = measure(id, comparison, limits);
        Map<Severity, Double> clear = fields.limits("clear");
        clear.forEach((severity, limit) -> recovery(severity, limit, limits, comparison));
        return new Judged(measure, comparison, limits, clear);
    }

    private void some(Map<Severity, Double> limits) {
        boolean given = Arrays.stream(Severity.values()).anyMatch(severity -> fields.given(severity.word()));
        if (limits.isEmpty() && !given) { // of one that cannot be read, that is said
            fields.fault(
                    "critical", ErrorCode.MISSING_FIELD, "at least one of info, warning, high, critical is needed");
        }
    }

    private Measure measure(String id, Comparison comparison, Map<Severity, Double> limits) {
        if (fields.given(GroupDocument.FIELD)) {
            GroupDocument groups = new GroupDocument(fields);
            Measure.Group group = groups.read();
            groups.reachable(group, comparison, limits);
            return group;
        }
        MeasureDocument measures = new MeasureDocument(fields);
        Measure measure = measures.read(id);
        measures.reachable(measure, comparison, limits);
        if (measure instanceof Measure.Anomaly) {
            DetectDocument.limits(fields, limits);
        }
        return measure;
    }

    private Map<String, String> where() {
        Map<String, String> where = fields.texts("where");
        where.forEach((label, wanted) -> {
            if (!Grammar.isName(label)) {
                fields.fault("where." + label, ErrorCode.BAD_NAME, "no sample can have this label: ingest refuses it");
            } else if (!Grammar.isText(wanted)) {
                fields.fault("where." + label, ErrorCode.BAD_VALUE, "no label can have this value: ingest refuses it");
            }
        });
        return where;
    }

    private void order(NavigableMap<Severity, Double> limits, Comparison comparison) {
        Map.Entry<Severity, Double> milder = null;
        for (Map.Entry<Severity, Double> limit : limits.entrySet()) {
            if (milder != null && beyond(comparison, milder.getValue(), limit.getValue())) {
                fields.fault(
                        limit.getKey().word(),
                        ErrorCode.BAD_PARAMETER,
                        "must not be %s than %s: with operator %s a worse severity needs a %s limit"
                                .formatted(
                                        comparison.upward() ? "lower" : "higher",
                                        milder.getKey().word(),
                                        comparison.sign(),
                                        comparison.upward() ? "higher" : "lower"));
            }
            milder = limit;
        }
    }

    private void recovery(Severity severity, double limit, Map<Severity, Double> limits, Comparison comparison) {
        Double start = limits.get(severity);
        if (start == null) {
            fields.fault(
                    "clear." + severity.word(), ErrorCode.BAD_PARAMETER, "there is no " + severity.word() + " limit");
        } else if (beyond(comparison, limit, start)) {
            fields.fault(
                    "clear." + severity.word(),
                    ErrorCode.BAD_PARAMETER,
                    "would end the alert before it starts; choose a value on the good side of " + start);
        }
    }

    /** Whether the first value is the worse one. */
    private static boolean beyond(Comparison comparison, double first, double second) {
        return comparison.upward() ? first > second : first < second;
    }
}
