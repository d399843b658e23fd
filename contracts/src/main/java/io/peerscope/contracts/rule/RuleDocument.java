package io.peerscope.contracts.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A rule as people write it (api.md, "Alerts"): severities are fields of their own, durations whole seconds. Reading
 * collects every fault before it gives up, so that one round trip mends them all.
 */
public final class RuleDocument {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
    private static final List<String> FIELDS = List.of(
            "id", "version", "metric", "kind", "where", "operator", "info", "warning", "high", "critical", "duration",
            "clear", "keep_firing_for", "no_data", "no_data_after", "labels", "summary", "enabled");
    private static final long MAX_SECONDS = Duration.ofDays(31).toSeconds();
    private static final Duration NO_DATA_AFTER = Duration.ofMinutes(5);

    private final JsonNode document;
    private final List<Problem.Detail> faults = new ArrayList<>();

    private RuleDocument(JsonNode document) {
        this.document = document;
    }

    /** @throws RuleInvalidException with every fault of the document */
    public static Rule read(JsonNode document) throws RuleInvalidException {
        return new RuleDocument(document).toRule();
    }

    /** @throws RuleInvalidException also where the bytes are not JSON */
    public static Rule read(byte[] json) throws RuleInvalidException {
        try {
            return read(Json.mapper().readTree(json));
        } catch (IOException e) {
            throw new RuleInvalidException(
                    List.of(Problem.Detail.of("", ErrorCode.MALFORMED, "not JSON: " + e.getMessage())));
        }
    }

    public static ObjectNode write(Rule rule) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("id", rule.id());
        node.put("version", rule.version());
        node.put("metric", rule.metric());
        node.put("kind", rule.kind());
        node.set("where", Json.mapper().valueToTree(rule.where()));
        node.put("operator", rule.comparison().sign());
        rule.limits().forEach((severity, limit) -> node.put(severity.word(), limit));
        node.put("duration", rule.duration().toSeconds());
        ObjectNode clear = node.putObject("clear");
        rule.clear().forEach((severity, limit) -> clear.put(severity.word(), limit));
        node.put("keep_firing_for", rule.keepFiringFor().toSeconds());
        node.put("no_data", rule.noData().word());
        node.put("no_data_after", rule.noDataAfter().toSeconds());
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
        document.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                fault(name, ErrorCode.UNKNOWN_FIELD, "no such field; a rule has " + String.join(", ", FIELDS));
            }
        });
        String id = text("id", "");
        if (!ID.matcher(id).matches()) {
            fault("id", ErrorCode.BAD_NAME, "1 to 128 letters, digits, '_', '-' or '.', starting with a letter or digit");
        }
        String metric = text("metric", id);
        Comparison comparison = Comparison.of(text("operator", ">")).orElse(null);
        if (comparison == null) {
            fault("operator", ErrorCode.BAD_PARAMETER, "must be one of > >= < <=");
            comparison = Comparison.ABOVE;
        }
        TreeMap<Severity, Double> limits = new TreeMap<>(limits(document, ""));
        if (limits.isEmpty()) {
            fault("critical", ErrorCode.MISSING_FIELD, "at least one of info, warning, high, critical is needed");
        }
        order(limits, comparison);
        Map<Severity, Double> clear = limits(document.path("clear"), "clear.");
        for (Map.Entry<Severity, Double> recovery : clear.entrySet()) {
            recovery(recovery.getKey(), recovery.getValue(), limits, comparison);
        }
        NoData noData = NoData.of(text("no_data", "keep")).orElse(null);
        if (noData == null) {
            fault("no_data", ErrorCode.BAD_PARAMETER, "must be keep, resolve or alert");
            noData = NoData.KEEP;
        }
        Rule rule = new Rule(
                id,
                Math.max(1, document.path("version").asLong(1)),
                metric,
                text("kind", Subject.HOST),
                texts("where"),
                comparison,
                limits,
                seconds("duration", Duration.ZERO),
                clear,
                seconds("keep_firing_for", Duration.ZERO),
                noData,
                seconds("no_data_after", NO_DATA_AFTER),
                texts("labels"),
                text("summary", ""),
                bool("enabled"));
        if (!faults.isEmpty()) {
            throw new RuleInvalidException(faults);
        }
        return rule;
    }

    private Map<Severity, Double> limits(JsonNode from, String prefix) {
        Map<Severity, Double> limits = new EnumMap<>(Severity.class);
        if (!prefix.isEmpty() && !from.isMissingNode() && !from.isObject()) {
            fault("clear", ErrorCode.BAD_PARAMETER, "an object with a number for each severity");
            return limits;
        }
        for (Severity severity : Severity.values()) {
            JsonNode limit = from.path(severity.word());
            if (limit.isNumber() && Double.isFinite(limit.asDouble())) {
                limits.put(severity, limit.asDouble());
            } else if (!limit.isMissingNode() && !limit.isNull()) {
                fault(prefix + severity.word(), ErrorCode.BAD_VALUE, "must be a finite number");
            }
        }
        return limits;
    }

    private void order(TreeMap<Severity, Double> limits, Comparison comparison) {
        Severity milder = null;
        for (Severity severity : limits.keySet()) {
            if (milder != null) {
                double a = limits.getOrDefault(milder, 0.0);
                double b = limits.getOrDefault(severity, 0.0);
                if (comparison.upward() ? b < a : b > a) {
                    fault(
                            severity.word(),
                            ErrorCode.BAD_PARAMETER,
                            "must be %s than %s: with operator %s a worse severity needs a %s limit"
                                    .formatted(
                                            comparison.upward() ? "higher" : "lower",
                                            milder.word(),
                                            comparison.sign(),
                                            comparison.upward() ? "higher" : "lower"));
                }
            }
            milder = severity;
        }
    }

    private void recovery(Severity severity, double limit, Map<Severity, Double> limits, Comparison comparison) {
        Double start = limits.get(severity);
        if (start == null) {
            fault("clear." + severity.word(), ErrorCode.BAD_PARAMETER, "there is no " + severity.word() + " limit");
        } else if (comparison.upward() ? limit > start : limit < start) {
            fault(
                    "clear." + severity.word(),
                    ErrorCode.BAD_PARAMETER,
                    "would end the alert before it starts; choose a value on the good side of " + start);
        }
    }

    private Duration seconds(String field, Duration missing) {
        JsonNode value = document.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return missing;
        }
        if (!value.isIntegralNumber() || value.asLong() < 0 || value.asLong() > MAX_SECONDS) {
            fault(field, ErrorCode.BAD_PARAMETER, "whole seconds from 0 to " + MAX_SECONDS);
            return missing;
        }
        return Duration.ofSeconds(value.asLong());
    }

    private String text(String field, String missing) {
        JsonNode value = document.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return missing;
        }
        if (!value.isTextual()) {
            fault(field, ErrorCode.BAD_PARAMETER, "must be text");
            return missing;
        }
        return value.asText();
    }

    private Map<String, String> texts(String field) {
        JsonNode value = document.path(field);
        Map<String, String> texts = new HashMap<>();
        if (value.isMissingNode() || value.isNull()) {
            return texts;
        }
        if (!value.isObject()) {
            fault(field, ErrorCode.BAD_PARAMETER, "an object of names and texts");
            return texts;
        }
        value.properties().forEach(entry -> {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                texts.put(entry.getKey(), entry.getValue().asText());
            } else {
                fault(field + "." + entry.getKey(), ErrorCode.BAD_PARAMETER, "must be text");
            }
        });
        return Map.copyOf(texts);
    }

    private boolean bool(String field) {
        JsonNode value = document.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            fault(field, ErrorCode.BAD_PARAMETER, "must be true or false");
        }
        return value.asBoolean(true);
    }

    private void fault(String field, ErrorCode code, String detail) {
        faults.add(Problem.Detail.of(field, code, detail));
    }
}
