package io.peerscope.contracts.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import io.peerscope.contracts.rule.SummaryTemplate;
import io.peerscope.house.hostile.CpuTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What reads words that people write for programs. */
enum Target {
    /** JSON. What is read is written so that it reads the same; of anything else it is said what is wrong with it. */
    RULE(Target::rule),
    /** UTF-8. Cut and put together again it is the same. */
    SUMMARY(input -> summary(new String(input, StandardCharsets.UTF_8)));

    private static final List<String> CODES =
            Arrays.stream(ErrorCode.values()).map(ErrorCode::word).toList();

    private final Consumer<byte[]> property;

    Target(Consumer<byte[]> property) {
        this.property = property;
    }

    /** Fails where the property does not hold, or only after a second. */
    void take(byte[] input) {
        CpuTime.assertAtMostASecond(() -> property.accept(input));
    }

    private static void rule(byte[] input) {
        kept(input);
        JsonNode document;
        try {
            document = Json.mapper().readTree(input);
        } catch (IOException e) {
            return; // so does kept
        }
        try {
            Rule rule = RuleDocument.read(document);
            JsonNode written = RuleDocument.write(rule);
            assertThat(RuleDocument.read(Json.mapper().readTree(Json.encode(written))))
                    .isEqualTo(rule);
            assertThat(RuleDocument.read(Json.encode(written))).isEqualTo(rule);
            sameNumbers(document, written);
            holdable(written);
        } catch (RuleInvalidException e) {
            explained(e);
        } catch (IOException e) {
            throw new AssertionError("not JSON", e);
        }
    }

    /** As a topic has it. */
    private static void kept(byte[] input) {
        try {
            Rule rule = RuleDocument.read(input);
            assertThat(RuleDocument.read(Json.encode(RuleDocument.write(rule)))).isEqualTo(rule);
        } catch (RuleInvalidException e) {
            explained(e);
        }
    }

    private static void explained(RuleInvalidException e) {
        assertThat(e.faults()).isNotEmpty().allSatisfy(fault -> {
            assertThat(fault.field()).isNotNull();
            assertThat(fault.code()).isIn(CODES);
            assertThat(fault.detail()).isNotBlank();
        });
        Problem problem = Problem.of(ErrorCode.RULE_INVALID, Problem.summaryOf(e.faults()), e.faults());
        assertThat(Json.decode(Json.encode(problem), Problem.class)).isEqualTo(problem);
    }

    /** A number is taken as it is or not at all. */
    private static void sameNumbers(JsonNode read, JsonNode written) {
        read.properties().forEach(field -> {
            JsonNode after = written.path(field.getKey());
            if (field.getValue().isNumber() && after.isNumber()) {
                assertThat(after.doubleValue()).isEqualTo(field.getValue().doubleValue());
            }
            sameNumbers(field.getValue(), after);
        });
    }

    /** Neither Kafka's readers nor the database choke on it. */
    private static void holdable(JsonNode written) {
        if (written.isTextual()) {
            assertThat(written.textValue()).matches(Grammar::isUnicode, "Unicode without NUL");
        }
        written.properties().forEach(field -> assertThat(field.getKey()).matches(Grammar::isUnicode, "Unicode"));
        written.forEach(Target::holdable);
    }

    private static void summary(String text) {
        SummaryTemplate template = SummaryTemplate.parse(text);
        assertThat(template.pieces().size() % 2).isOne();
        String again = template.fill(piece -> piece, name -> "{{ " + name + " }}");
        assertThat(SummaryTemplate.parse(again)).isEqualTo(template);
        assertThat(template.fill(piece -> piece, name -> "")).isEqualTo(even(template.pieces()));
    }

    private static String even(List<String> pieces) {
        return IntStream.range(0, pieces.size())
                .filter(at -> at % 2 == 0)
                .mapToObj(pieces::get)
                .collect(Collectors.joining());
    }
}
