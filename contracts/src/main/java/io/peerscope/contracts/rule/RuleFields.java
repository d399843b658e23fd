package io.peerscope.contracts.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Typed access to the fields of a rule document; what is wrong is noted, and a harmless value stands in for it. */
final class RuleFields {
    private static final long MAX_SECONDS = Duration.ofDays(31).toSeconds();
    private static final int MAX_TEXT = 1024;
    /** What is longer no topic can be read with again; YAML has no such bound. */
    private static final int MAX_NAME = 128;

    /** Each is held against each. */
    private static final int MOST_IN_LIST = 256;

    private static final String NO_TEXT =
            "text without NUL and without halves of characters: nothing else can be stored";

    private final JsonNode document;
    private final String prefix;
    private final List<Problem.Detail> faults;

    RuleFields(JsonNode document) {
        this(document, "", new ArrayList<>());
    }

    private RuleFields(JsonNode document, String prefix, List<Problem.Detail> faults) {
        this.document = document;
        this.prefix = prefix;
        this.faults = faults;
    }

    /** The fields of an object within, whose faults are noted with these. */
    RuleFields inside(String field, List<String> parts, String example) {
        return new RuleFields(object(field, parts, example), prefix + field + ".", faults);
    }

    List<Problem.Detail> faults() {
        return faults;
    }

    void fault(String field, ErrorCode code, String detail) {
        faults.add(Problem.Detail.of(prefix + field, code, detail));
    }

    void allowOnly(List<String> fields) {
        document.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                fault(name, ErrorCode.UNKNOWN_FIELD, "no such field; a rule has " + String.join(", ", fields));
            }
        });
    }

    boolean given(String field) {
        return !absent(document.path(field));
    }

    boolean given(String field, String part) {
        return !absent(document.path(field).path(part));
    }

    boolean isObject(String field) {
        return document.path(field).isObject();
    }

    String text(String field, String missing) {
        JsonNode value = document.path(field);
        if (absent(value)) {
            return missing;
        }
        if (!value.isTextual()) {
            fault(field, ErrorCode.BAD_PARAMETER, "must be text");
            return missing;
        }
        if (value.textValue().length() > MAX_TEXT) {
            fault(field, ErrorCode.BAD_PARAMETER, "at most " + MAX_TEXT + " characters");
        } else if (!Grammar.isUnicode(value.textValue())) {
            fault(field, ErrorCode.BAD_VALUE, NO_TEXT);
        }
        return value.textValue();
    }

    /** A text that is one of a few words. */
    <T> T word(String field, T missing, Function<String, Optional<T>> parse, String words) {
        String text = text(field, "");
        if (absent(document.path(field)) || !document.path(field).isTextual()) {
            return missing;
        }
        Optional<T> parsed = parse.apply(text);
        if (parsed.isEmpty()) {
            fault(field, ErrorCode.BAD_PARAMETER, "must be one of " + words);
        }
        return parsed.orElse(missing);
    }

    /** One text, or several in a list, each once; empty where it is not given. */
    List<String> list(String field) {
        JsonNode value = document.path(field);
        if (absent(value)) {
            return List.of();
        }
        if (value.size() > MOST_IN_LIST) {
            fault(field, ErrorCode.BAD_PARAMETER, "at most " + MOST_IN_LIST + " texts");
            return List.of();
        }
        Set<String> texts = new LinkedHashSet<>();
        boolean fine = value.isTextual() || value.isArray() && !value.isEmpty();
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
            fine &= each.isTextual() && !each.textValue().isBlank() && Grammar.isText(each.textValue());
            fine &= texts.add(each.asText());
        }
        if (!fine) {
            fault(field, ErrorCode.BAD_VALUE, "a text, or a list of texts, each once");
        }
        return List.copyOf(texts);
    }

    int wholeNumber(String field, int missing, int most) {
        JsonNode value = document.path(field);
        if (absent(value)) {
            return missing;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1 || value.intValue() > most) {
            fault(field, ErrorCode.BAD_PARAMETER, "a whole number from 1 to " + most);
            return missing;
        }
        return value.intValue();
    }

    /** NaN where it is none. */
    double number(String field) {
        JsonNode value = document.path(field);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            fault(field, absent(value) ? ErrorCode.MISSING_FIELD : ErrorCode.BAD_VALUE, "must be a finite number");
            return Double.NaN;
        }
        return value.doubleValue();
    }

    Map<String, String> texts(String field) {
        JsonNode value = document.path(field);
        if (absent(value)) {
            return Map.of();
        }
        if (!value.isObject()) {
            fault(field, ErrorCode.BAD_PARAMETER, "an object of names and texts");
            return Map.of();
        }
        Map<String, String> texts = new HashMap<>();
        value.properties().forEach(entry -> {
            if (entry.getKey().length() > MAX_NAME) {
                fault(field, ErrorCode.BAD_NAME, "names of at most " + MAX_NAME + " characters");
            } else if (!Grammar.isUnicode(entry.getKey() + entry.getValue().asText())) {
                fault(field, ErrorCode.BAD_VALUE, NO_TEXT);
            } else if (entry.getValue().isTextual()) {
                texts.put(entry.getKey(), entry.getValue().textValue());
            } else {
                fault(
                        field + "." + entry.getKey(),
                        ErrorCode.BAD_PARAMETER,
                        "must be text, in quotes if it looks like a number");
            }
        });
        return Map.copyOf(texts);
    }

    Duration seconds(String field, Duration missing) {
        JsonNode value = document.path(field);
        if (absent(value)) {
            return missing;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > MAX_SECONDS) {
            fault(field, ErrorCode.BAD_PARAMETER, "whole seconds from 0 to " + MAX_SECONDS);
            return missing;
        }
        return Duration.ofSeconds(value.longValue());
    }

    /** A length of time: {@code 5m}, or whole seconds. Zero where it is not given. */
    Duration span(String field, Duration longest) {
        return span(field, document.path(field), Duration.ZERO, longest);
    }

    /** @param field how the value is called where it is wrong */
    Duration span(String field, JsonNode value, Duration missing, Duration longest) {
        if (absent(value)) {
            return missing;
        }
        Optional<Duration> span = value.isTextual()
                ? Spans.parse(value.textValue())
                : value.isIntegralNumber() && value.canConvertToInt()
                        ? Optional.of(Duration.ofSeconds(value.intValue()))
                        : Optional.empty();
        if (span.isEmpty() || !span.get().isPositive() || span.get().compareTo(longest) > 0) {
            fault(
                    field,
                    ErrorCode.BAD_PARAMETER,
                    "a time from 1s to " + Spans.text(longest) + " such as 90s, 5m or 1h, or whole seconds");
        }
        return span.orElse(missing);
    }

    /** An object with exactly these fields; empty where it is not one. */
    JsonNode object(String field, List<String> parts, String example) {
        JsonNode value = document.path(field);
        if (!value.isObject()) {
            fault(field, ErrorCode.BAD_PARAMETER, "an object such as " + example);
            return Json.mapper().createObjectNode();
        }
        value.fieldNames().forEachRemaining(name -> {
            if (!parts.contains(name)) {
                fault(
                        field + "." + name,
                        ErrorCode.UNKNOWN_FIELD,
                        "no such field; there are " + String.join(", ", parts));
            }
        });
        return value;
    }

    String name(String field, String missing) {
        String name = text(field, missing);
        if (name.isBlank()) {
            fault(field, ErrorCode.BAD_NAME, "must not be empty");
        } else if (!Grammar.isName(name)) {
            fault(field, ErrorCode.BAD_NAME, "no sample can have this name: ingest refuses it");
        }
        return name;
    }

    long version() {
        JsonNode value = document.path("version");
        if (absent(value)) {
            return 1;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
            fault("version", ErrorCode.BAD_PARAMETER, "a whole number from 1");
            return 1;
        }
        return value.longValue();
    }

    double number(String field, double missing) {
        JsonNode value = document.path(field);
        if (absent(value)) {
            return missing;
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            fault(field, ErrorCode.BAD_VALUE, "must be a finite number");
            return missing;
        }
        return value.doubleValue();
    }

    boolean bool(String field, boolean missing) {
        JsonNode value = document.path(field);
        if (!absent(value) && !value.isBoolean()) {
            fault(field, ErrorCode.BAD_PARAMETER, "must be true or false");
        }
        return value.asBoolean(missing);
    }

    /** The severities that stand among the rule's own fields. */
    Map<Severity, Double> limits() {
        return limits(document, "");
    }

    /** The severities of an object of their own. */
    Map<Severity, Double> limits(String field) {
        JsonNode value = document.path(field);
        if (absent(value)) {
            return new EnumMap<>(Severity.class);
        }
        if (!value.isObject()) {
            fault(field, ErrorCode.BAD_PARAMETER, "an object with a number for each severity");
            return new EnumMap<>(Severity.class);
        }
        value.fieldNames().forEachRemaining(name -> {
            if (Arrays.stream(Severity.values())
                    .noneMatch(severity -> severity.word().equals(name))) {
                fault(field + "." + name, ErrorCode.UNKNOWN_FIELD, "no such severity");
            }
        });
        return limits(value, field + ".");
    }

    private Map<Severity, Double> limits(JsonNode from, String prefix) {
        Map<Severity, Double> limits = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            JsonNode limit = from.path(severity.word());
            if (limit.isNumber() && Double.isFinite(limit.doubleValue())) {
                limits.put(severity, limit.doubleValue());
            } else if (!absent(limit)) {
                fault(prefix + severity.word(), ErrorCode.BAD_VALUE, "must be a finite number");
            }
        }
        return limits;
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
