package io.peerscope.contracts.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents as long as the API takes them, of which mutations of short ones make none. */
class LongRulesTest {
    private static final int MANY = 80_000;
    private static final int LONGEST_ANSWER = 128 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"/warning", "/group/by", "/group/when/is"})
    void aListOfManyWords(String place) {
        ObjectNode rule = place.equals("/warning")
                ? rule().put("state", "connection_type")
                : grouped(place.endsWith("is") ? "state" : "metric");
        int name = place.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) rule.at(place.substring(0, name));
        var words = parent.putArray(place.substring(name + 1));
        for (int i = 0; i < MANY; i++) {
            words.add("w" + i);
        }
        refused(rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/where", "/labels", "/clear", "/flapping", "/group", "/group/when", "/ratio"})
    void anObjectOfManyFields(String place) {
        ObjectNode rule = place.startsWith("/group") ? grouped("metric") : rule().put("warning", 1);
        rule.withObject(place.isEmpty() ? "/where" : place);
        ObjectNode object = (ObjectNode) rule.at(place);
        for (int i = 0; i < MANY; i++) {
            object.put("w" + i, i);
        }
        refused(rule);
    }

    /** JSON has a bound of its own, YAML has none. */
    @Test
    void aLabelOfALongName() {
        ObjectNode rule = rule().put("warning", 1);
        rule.putObject("labels").put("a".repeat(300), "b");
        assertThat(Assertions.catchThrowableOfType(RuleInvalidException.class, () -> RuleDocument.read(rule))
                        .faults())
                .singleElement()
                .returns("labels", Problem.Detail::field);
    }

    @Test
    void aLongSummaryOfPlaceholders() {
        refused(rule().put("warning", 1).put("summary", "{{x y}}".repeat(MANY)));
    }

    private static ObjectNode rule() {
        return Json.mapper().createObjectNode().put("id", "cpu_usage");
    }

    private static ObjectNode grouped(String of) {
        ObjectNode rule = rule().put("warning", 0.1);
        rule.withObject("/group/when").put(of, "connection_type");
        return rule;
    }

    private static void refused(ObjectNode rule) {
        Target.RULE.take(Json.encode(rule));
        RuleInvalidException refusal =
                Assertions.catchThrowableOfType(RuleInvalidException.class, () -> RuleDocument.read(rule));
        assertThat(refusal).isNotNull();
        byte[] answer =
                Json.encode(Problem.of(ErrorCode.RULE_INVALID, String.valueOf(refusal.getMessage()), refusal.faults()));
        assertThat(answer.length).isLessThan(LONGEST_ANSWER);
    }
}
