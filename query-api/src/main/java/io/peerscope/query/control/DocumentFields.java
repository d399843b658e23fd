package io.peerscope.query.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Typed access to the fields of a document; what is wrong is noted, and a harmless value stands in for it. */
final class DocumentFields {
    private static final int LONGEST_GLOB = 256;
    /** Of a list; an address for mail may be so long. */
    private static final int LONGEST_TEXT = 320;

    private final JsonNode document;
    private final String what;
    private final String prefix;
    private final List<Problem.Detail> faults;

    /** @param what for words such as "a channel has …" */
    DocumentFields(JsonNode document, String what) throws InvalidDocumentException {
        this(document, what, "", new ArrayList<>());
        if (!document.isObject()) {
            throw new InvalidDocumentException(
                    List.of(Problem.Detail.of("", ErrorCode.MALFORMED, what + " is an object with fields")));
        }
    }

    private DocumentFields(JsonNode document, String what, String prefix, List<Problem.Detail> faults) {
        this.document = document;
        this.what = what;
        this.prefix = prefix;
        this.faults = faults;
    }

    void fault(String field, ErrorCode code, String detail) {
        faults.add(Problem.Detail.of(prefix + field, code, detail));
    }

    /** @throws InvalidDocumentException if anything was wrong */
    void done() throws InvalidDocumentException {
        if (!faults.isEmpty()) {
            throw new InvalidDocumentException(faults);
        }
    }

    void allowOnly(List<String> fields) {
        document.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                fault(name, ErrorCode.UNKNOWN_FIELD, "no such field; " + what + " has " + String.join(", ", fields));
            }
        });
    }

    /** Whether the field is there, be it null. */
    boolean given(String field) {
        return document.has(field);
    }

    boolean missing(String field) {
        return absent(document.path(field));
    }

    JsonNode raw(String field) {
        return document.path(field);
    }

    /** Those of an object within the document. */
    DocumentFields within(String field) {
        return new DocumentFields(document.path(field), field, prefix + field + ".", faults);
    }

    /** Those of the objects of a list. */
    List<DocumentFields> each(String field) {
        JsonNode value = document.path(field);
        List<DocumentFields> all = new ArrayList<>();
        if (absent(value)) {
            return all;
        }
        if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isObject)) {
            fault(field, ErrorCode.BAD_PARAMETER, "a list of objects");
            return all;
        }
        value.forEach(one -> all.add(new DocumentFields(one, field, prefix + field + "[" + all.size() + "].", faults)));
        return all;
    }

    Optional<String> text(String field) {
        JsonNode value = document.path(field);
        if (absent(value)) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            fault(field, ErrorCode.BAD_PARAMETER, "must be text");
        }
        return Optional.of(value.asText());
    }

    List<String> texts(String field) {
        JsonNode value = document.path(field);
        List<String> texts = new ArrayList<>();
        if (absent(value)) {
            return texts;
        }
        value.forEach(each -> texts.add(each.asText()));
        if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isTextual)) {
            fault(field, ErrorCode.BAD_PARAMETER, "a list of texts");
        }
        if (texts.stream().anyMatch(text -> text.length() > LONGEST_TEXT)) {
            fault(field, ErrorCode.BAD_PARAMETER, "each of at most " + LONGEST_TEXT + " characters");
        }
        return List.copyOf(texts);
    }

    boolean bool(String field, boolean missing) {
        JsonNode value = document.path(field);
        if (!absent(value) && !value.isBoolean()) {
            fault(field, ErrorCode.BAD_PARAMETER, "must be true or false");
        }
        return value.asBoolean(missing);
    }

    int number(String field, int missing, int min, int max) {
        JsonNode value = document.path(field);
        if (absent(value)) {
            return missing;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            fault(field, ErrorCode.BAD_PARAMETER, "a whole number from " + min + " to " + max);
        }
        return value.asInt();
    }

    Optional<Instant> time(String field) {
        JsonNode value = document.path(field);
        if (absent(value)) {
            return Optional.empty();
        }
        try {
            Instant time = WrittenTime.read(value.isIntegralNumber() || value.isTextual() ? value.asText() : "");
            return Optional.of(Instant.ofEpochMilli(time.toEpochMilli()));
        } catch (IllegalArgumentException e) {
            fault(field, ErrorCode.BAD_TIMESTAMP, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Names of alerts' fields or labels, and globs. */
    Map<String, String> matchers(String field) {
        JsonNode value = document.path(field);
        TreeMap<String, String> matchers = new TreeMap<>();
        if (value.isObject()) {
            value.properties().forEach(entry -> matcher(field, entry.getKey(), entry.getValue(), matchers));
        } else if (!absent(value)) {
            fault(field, ErrorCode.BAD_PARAMETER, "an object of names and globs");
        }
        return matchers;
    }

    /**
     * At least one, since without any every alert would be meant.
     *
     * @param example of what may stand there, JSON
     */
    Map<String, String> someMatchers(String field, int most, String example) {
        Map<String, String> matchers = matchers(field);
        JsonNode given = raw(field);
        if (missing(field) || given.isObject() && given.isEmpty()) {
            fault(
                    field,
                    ErrorCode.MISSING_FIELD,
                    "which alerts? for example %s; {\"host\":\"*\"} means all".formatted(example));
        }
        if (matchers.size() > most) {
            fault(field, ErrorCode.BAD_PARAMETER, "at most " + most);
        }
        return matchers;
    }

    private void matcher(String field, String name, JsonNode glob, Map<String, String> matchers) {
        if (!Grammar.isName(name)) {
            fault(field + "." + name, ErrorCode.BAD_NAME, "no alert can have this label");
        } else if (!glob.isTextual()) {
            fault(field + "." + name, ErrorCode.BAD_PARAMETER, "must be text, in quotes if it looks like a number");
        } else if (glob.textValue().length() > LONGEST_GLOB || glob.textValue().indexOf(0) >= 0) {
            fault(field + "." + name, ErrorCode.BAD_PARAMETER, "at most " + LONGEST_GLOB + " characters");
        } else {
            matchers.put(name, glob.textValue());
        }
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
