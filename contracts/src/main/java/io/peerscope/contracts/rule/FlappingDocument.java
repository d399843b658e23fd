package io.peerscope.contracts.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.problem.ErrorCode;
import java.time.Duration;
import java.util.List;

/** The part of a rule document that says when its alerts flap: {@code false}, or an object. */
final class FlappingDocument {
    private static final String FIELD = "flapping";
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final String EXAMPLE = "{times: 5, within: 10m, calm_for: 5m}, or false";

    private final RuleFields fields;

    FlappingDocument(RuleFields fields) {
        this.fields = fields;
    }

    static void write(Flapping flapping, ObjectNode rule) {
        if (!flapping.watched()) {
            rule.put(FIELD, false);
            return;
        }
        rule.putObject(FIELD)
                .put("times", flapping.times())
                .put("within", Spans.text(flapping.within()))
                .put("calm_for", Spans.text(flapping.calmFor()));
    }

    /** @param document the rule's */
    Flapping read(JsonNode document) {
        JsonNode value = document.path(FIELD);
        if (!fields.given(FIELD)) {
            return Flapping.DEFAULT;
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? Flapping.DEFAULT : Flapping.OFF;
        }
        JsonNode parts = fields.object(FIELD, List.of("times", "within", "calm_for"), EXAMPLE);
        return new Flapping(
                times(parts.path("times")),
                fields.span(FIELD + ".within", parts.path("within"), Flapping.DEFAULT.within(), LONGEST),
                fields.span(FIELD + ".calm_for", parts.path("calm_for"), Flapping.DEFAULT.calmFor(), LONGEST));
    }

    private int times(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return Flapping.DEFAULT.times();
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < 1
                || value.intValue() > Flapping.MOST_TIMES) {
            fields.fault(FIELD + ".times", ErrorCode.BAD_PARAMETER, "a whole number from 1 to " + Flapping.MOST_TIMES);
            return Flapping.DEFAULT.times();
        }
        return value.intValue();
    }
}
