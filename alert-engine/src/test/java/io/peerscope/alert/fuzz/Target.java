package io.peerscope.alert.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.alert.rule.Finding;
import io.peerscope.alert.rule.Judged;
import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.detect.Expectation.Crossing;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import io.peerscope.contracts.rule.SummaryTemplate;
import io.peerscope.house.hostile.CpuTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Summaries of rules, filled in. One byte of an input says what kind of rule it is, eight are the value, and of the texts
 * with {@code |} between them one is the summary, the others the host, a label's name and its value.
 */
enum Target {
    SUMMARY;

    private static final int HEAD = 9;
    private static final long NOW = 1_795_255_200_000L;
    private static final List<String> RULES = List.of(
            "{\"id\":\"a\",\"metric\":\"cpu_usage\",\"warning\":80,\"critical\":90}",
            "{\"id\":\"a\",\"metric\":\"latency_ms\",\"kind\":\"connection\",\"detect\":\"anomaly\",\"critical\":5}",
            "{\"id\":\"a\",\"metric\":\"disk_usage\",\"detect\":\"forecast\",\"within\":\"48h\",\"critical\":90}",
            "{\"id\":\"a\",\"state\":\"connection_type\",\"kind\":\"connection\",\"critical\":[\"relay\",\"none\"]}",
            "{\"id\":\"a\",\"group\":{\"when\":{\"metric\":\"latency_ms\",\"limit\":200},\"by\":[\"region\"]},"
                    + "\"kind\":\"connection\",\"critical\":0.3}");

    /** Fails where a summary cannot be filled in, or says of a host what is not so, or takes more than a second. */
    void take(byte[] input) {
        byte[] whole = Arrays.copyOf(input, Math.max(HEAD, input.length));
        CpuTime.assertAtMostASecond(() -> filled(whole));
    }

    private static void filled(byte[] input) {
        double value = ByteBuffer.wrap(input, 1, 8).getDouble();
        List<String> texts = List.of(new String(input, HEAD, input.length - HEAD, StandardCharsets.UTF_8)
                .replace("\0", "") // ingest refuses it
                .split("\\|", -1));
        filled(
                input[0] & 0xff,
                Double.isFinite(value) ? value : Double.NaN,
                text(texts, 0),
                "h" + text(texts, 1),
                text(texts, 2),
                text(texts, 3));
    }

    private static String text(List<String> texts, int which) {
        return which < texts.size() ? texts.get(which) : "";
    }

    private static void filled(int kind, double value, String summary, String host, String label, String labelled) {
        Terms terms = terms(kind % RULES.size(), summary).orElse(null);
        if (terms == null) {
            return; // no rule has such a summary
        }
        Measure measure = terms.rule().measure();
        double growth = kind < 128 ? 1 : -1;
        Finding finding = measure instanceof Measure.Detect && Double.isFinite(value)
                ? new Finding(value, value / 3, Math.abs(value / 7), 2, growth, 30, crossings(measure))
                : null;
        Judged judged = new Judged(Severity.CRITICAL, value, finding, NOW);
        Map<String, String> labels = Map.of(label, labelled);
        String text = terms.summary(host, labels, judged);
        assertThat(text).matches(Grammar::isUnicode, "Unicode without NUL");
        assertThat(terms.ending(text, value, 5, 5, 61_000)).startsWith(text);
        assertThat(terms.silence(host, labels, judged)).containsIgnoringCase("no data");
        // whoever names a host so writes no placeholder by it
        String name = "{{value}}";
        assertThat(terms.summary(name, labels, judged).split(Pattern.quote(name), -1))
                .hasSizeGreaterThan(hosts(terms.rule().summary()));
    }

    private static List<Crossing> crossings(Measure measure) {
        return measure instanceof Measure.Forecast
                ? List.of(new Crossing(90, Instant.ofEpochMilli(NOW).plusSeconds(7200), null, null))
                : List.of();
    }

    private static int hosts(String summary) {
        List<String> pieces = SummaryTemplate.parse(summary).pieces();
        return (int) IntStream.range(0, pieces.size())
                .filter(at -> at % 2 == 1 && pieces.get(at).equals("host"))
                .count();
    }

    /** A rule that is kept may have a summary that makes no sense. */
    private static Optional<Terms> terms(int kind, String summary) {
        try {
            ObjectNode rule = (ObjectNode) Json.mapper().readTree(RULES.get(kind));
            return Optional.of(Terms.of(RuleDocument.read(Json.encode(rule.put("summary", summary)))));
        } catch (RuleInvalidException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(RULES.get(kind), e);
        }
    }
}
