package io.peerscope.query.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.catalogue.MetricDefinition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.contracts.rule.DefaultRules;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rules from three old forms: a list of alerts with a type, thresholds by field and a severity; a map of alerts with
 * limits by severity; and plain thresholds by field. What a shipped rule already says keeps its patience and words.
 * Faults are collected, each with the place in the document that it came from.
 */
public final class RuleImport {
    private static final String ALERTS = "alerts";
    private static final String SETTING = "alert_thresholds";
    private static final Set<String> OF_ALERT = Set.of("type", "threshold", "severity");
    private static final Set<String> OF_LIMITS = Set.of("info", "warning", "high", "critical", "duration");

    private final MetricCatalogue catalogue = MetricCatalogue.load();
    private final List<Rule> shipped = DefaultRules.load();
    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private final List<String> ignored = new ArrayList<>();
    private final List<Problem.Detail> faults = new ArrayList<>();

    private RuleImport() {}

    /**
     * @param rules of version 1, ids unique
     * @param ignored parts of the document that are not about rules
     */
    public record Imported(List<Rule> rules, List<String> ignored) {
        public Imported {
            rules = List.copyOf(rules);
            ignored = List.copyOf(ignored);
        }
    }

    /** @throws RuleInvalidException with every fault, its field being a path such as {@code alerts[0].severity} */
    public static Imported read(JsonNode document) throws RuleInvalidException {
        RuleImport reading = new RuleImport();
        reading.take(document);
        if (reading.faults.isEmpty() && reading.rules.isEmpty()) {
            reading.fault("", ErrorCode.MALFORMED, "there is no rule in it");
        }
        if (!reading.faults.isEmpty()) {
            throw new RuleInvalidException(reading.faults);
        }
        return new Imported(List.copyOf(reading.rules.values()), reading.ignored);
    }

    private void take(JsonNode document) {
        if (document.path(ALERTS).isArray()) {
            others(document, ALERTS);
            for (int i = 0; i < document.path(ALERTS).size(); i++) {
                alert(ALERTS + "[" + i + "]", document.path(ALERTS).get(i));
            }
        } else if (document.path(ALERTS).isObject()) {
            others(document, ALERTS);
            document.path(ALERTS)
                    .properties()
                    .forEach(alert -> limits(ALERTS + "." + alert.getKey(), alert.getKey(), alert.getValue()));
        } else if (document.has(SETTING)) {
            others(document, SETTING);
            setting(document.path(SETTING));
        } else if (document.isObject()
                && !document.isEmpty()
                && document.valueStream().allMatch(JsonNode::isValueNode)) {
            thresholds("", document);
        } else {
            fault(
                    "",
                    ErrorCode.MALFORMED,
                    "alerts as a list or a map, alert_thresholds, or numbers by field such as {\"cpu\":90}");
        }
    }

    private void others(JsonNode document, String known) {
        document.fieldNames().forEachRemaining(name -> {
            if (!name.equals(known)) {
                ignored.add(name);
            }
        });
    }

    private void alert(String place, JsonNode alert) {
        if (!alert.isObject()) {
            fault(place, ErrorCode.BAD_PARAMETER, "an object with type, threshold and severity");
            return;
        }
        allowOnly(place, alert, OF_ALERT);
        String type = text(place + ".type", alert.path("type"));
        Severity severity = severity(place + ".severity", alert.path("severity"));
        JsonNode threshold = alert.path("threshold");
        if (!threshold.isObject() || threshold.isEmpty()) {
            fault(place + ".threshold", ErrorCode.MISSING_FIELD, "an object of numbers by field is needed");
            return;
        }
        threshold.properties().forEach(limit -> {
            String at = place + ".threshold." + limit.getKey();
            metric(at, limit.getKey()).ifPresent(metric -> {
                Optional<Rule> known = shipped.stream()
                        .filter(rule -> type.equals(rule.labels().get("group")))
                        .filter(rule -> rule.metric().equals(metric.name()))
                        .findFirst();
                ObjectNode rule = known.map(RuleImport::withoutLimits)
                        .orElseGet(() -> plain(type + "_" + metric.name(), metric, type));
                rule.set(severity.word(), limit.getValue());
                known.ifPresent(like -> keepClear(rule, like));
                put(rule, at, Map.of(severity.word(), at, "id", place + ".type"));
            });
        });
    }

    private void limits(String place, String name, JsonNode limits) {
        if (!limits.isObject()) {
            fault(place, ErrorCode.BAD_PARAMETER, "an object with warning, critical and duration");
            return;
        }
        allowOnly(place, limits, OF_LIMITS);
        metric(place, name).ifPresent(metric -> {
            Optional<Rule> known = shipped.stream()
                    .filter(rule -> rule.id().equals(name) && rule.metric().equals(metric.name()))
                    .findFirst();
            ObjectNode rule = known.map(RuleImport::withoutLimits).orElseGet(() -> plain(name, metric, ""));
            if (limits.has("duration")
                    && limits.path("duration").asLong(-1)
                            != rule.path("duration").asLong()) {
                rule.put("summary", summary(metric)); // the shipped words name the shipped duration
                rule.remove("duration");
            }
            Map<String, String> places = new LinkedHashMap<>(Map.of("critical", place));
            limits.properties().forEach(field -> {
                rule.set(field.getKey(), field.getValue());
                places.put(field.getKey(), place + "." + field.getKey());
            });
            known.ifPresent(like -> keepClear(rule, like));
            put(rule, place, places);
        });
    }

    /** As a table of settings holds it: a text that is JSON. */
    private void setting(JsonNode value) {
        JsonNode thresholds = value;
        if (value.isTextual()) {
            try {
                thresholds = Json.mapper().readTree(value.textValue());
            } catch (JsonProcessingException e) {
                fault(SETTING, ErrorCode.MALFORMED, "the text is not JSON");
                return;
            }
        }
        if (!thresholds.isObject()) {
            fault(SETTING, ErrorCode.BAD_PARAMETER, "an object of numbers by field such as {\"cpu\":90}");
            return;
        }
        thresholds(SETTING + ".", thresholds);
    }

    private void thresholds(String prefix, JsonNode thresholds) {
        thresholds.properties().forEach(limit -> metric(prefix + limit.getKey(), limit.getKey())
                .ifPresent(metric -> {
                    String at = prefix + limit.getKey();
                    ObjectNode rule = plain("alert_threshold_" + metric.name(), metric, SETTING);
                    rule.set(Severity.WARNING.word(), limit.getValue());
                    put(rule, at, Map.of(Severity.WARNING.word(), at));
                }));
    }

    private static ObjectNode withoutLimits(Rule rule) {
        ObjectNode document = RuleDocument.write(rule);
        Arrays.stream(Severity.values()).map(Severity::word).forEach(document::remove);
        document.remove("clear");
        document.remove("version");
        return document.put("enabled", true);
    }

    /** A recovery limit belongs to its limit: it stays where that is still the shipped one. */
    private static void keepClear(ObjectNode document, Rule shipped) {
        shipped.clear().forEach((severity, clear) -> {
            JsonNode limit = document.path(severity.word());
            if (limit.isNumber()
                    && Double.valueOf(limit.doubleValue())
                            .equals(shipped.limits().get(severity))) {
                document.withObjectProperty("clear").put(severity.word(), clear);
            }
        });
    }

    private static ObjectNode plain(String id, MetricDefinition metric, String group) {
        ObjectNode rule = Json.mapper().createObjectNode();
        rule.put("id", id);
        rule.put("metric", metric.name());
        rule.put(
                "kind",
                metric.kinds().contains(Subject.HOST)
                        ? Subject.HOST
                        : metric.kinds().getFirst());
        if (!group.isEmpty()) {
            rule.putObject("labels").put("group", group);
        }
        return rule.put("summary", summary(metric));
    }

    private static String summary(MetricDefinition metric) {
        return "{{host}}: %s at {{value}} %s (limit {{threshold}})"
                .formatted(metric.name(), metric.unit().equals("percent") ? "%" : metric.unit())
                .replace("  ", " ");
    }

    /** @param places of the rule's fields in the document, where they differ from the rule's own place */
    private void put(ObjectNode document, String place, Map<String, String> places) {
        try {
            Rule rule = RuleDocument.read(document);
            if (rules.putIfAbsent(rule.id(), rule) != null) {
                fault(place, ErrorCode.CONFLICT, "makes the rule " + rule.id() + " a second time");
            }
        } catch (RuleInvalidException e) {
            e.faults().forEach(fault -> {
                String field = String.valueOf(fault.field());
                faults.add(new Problem.Detail(null, places.getOrDefault(field, place), fault.code(), fault.detail()));
            });
        }
    }

    private Optional<MetricDefinition> metric(String place, String name) {
        Optional<MetricDefinition> known = catalogue.find(catalogue.canonicalName(name));
        if (known.isEmpty()) {
            fault(
                    place,
                    ErrorCode.BAD_NAME,
                    "no known field; write a rule with metric: " + name + " if your hosts send it");
        }
        return known;
    }

    private Severity severity(String place, JsonNode word) {
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.word().equals(word.asText()))
                .findFirst()
                .orElseGet(() -> {
                    fault(place, ErrorCode.BAD_PARAMETER, "must be one of info, warning, high, critical");
                    return Severity.WARNING;
                });
    }

    private String text(String place, JsonNode value) {
        if (!value.isTextual()) {
            fault(place, ErrorCode.MISSING_FIELD, "a word is needed; it becomes a part of the rules' ids");
        }
        return value.asText("");
    }

    private void allowOnly(String place, JsonNode object, Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                fault(
                        place + "." + name,
                        ErrorCode.UNKNOWN_FIELD,
                        "no such field; there are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        });
    }

    private void fault(String field, ErrorCode code, String detail) {
        faults.add(Problem.Detail.of(field, code, detail));
    }
}
