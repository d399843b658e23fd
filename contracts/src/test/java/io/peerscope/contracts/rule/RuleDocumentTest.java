package io.peerscope.contracts.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.peerscope.contracts.Golden;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleDocumentTest {
    private static final DefaultPrettyPrinter PRETTY =
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

    private static final Rule FULL = new Rule(
            "cpu_usage",
            3,
            new Measure.Newest("cpu_usage"),
            "host",
            Map.of("region", "eu", "host", "h1"),
            Comparison.AT_LEAST,
            new TreeMap<>(Map.of(Severity.WARNING, 80.0, Severity.CRITICAL, 90.5)),
            Duration.ofSeconds(300),
            Map.of(Severity.WARNING, 75.0),
            Duration.ofSeconds(60),
            NoData.ALERT,
            Duration.ofSeconds(120),
            new Flapping(3, Duration.ofMinutes(20), Duration.ofSeconds(90)),
            Map.of("team", "ops"),
            "{{host}} CPU at {{value}} %",
            false);

    @Test
    void isWrittenAsTheGoldenFile() throws IOException {
        Golden.assertText(
                "rule.json", Json.mapper().writer(PRETTY).writeValueAsString(RuleDocument.write(FULL)) + "\n");
    }

    @Test
    void isReadFromTheGoldenFile() throws RuleInvalidException {
        assertThat(RuleDocument.read(Golden.text("rule.json").getBytes(UTF_8))).isEqualTo(FULL);
    }

    @Test
    void everyShippedRuleComesBackAsItWas() throws RuleInvalidException {
        for (Rule rule : DefaultRules.load()) {
            assertThat(RuleDocument.read(RuleDocument.write(rule))).isEqualTo(rule);
            assertThat(RuleDocument.read(Json.encode(RuleDocument.write(rule)))).isEqualTo(rule);
        }
    }

    @Test
    void flappingIsADefaultAnObjectOrSwitchedOff() throws RuleInvalidException {
        assertThat(flapping("true")).isEqualTo(Flapping.DEFAULT);
        assertThat(flapping("false")).isEqualTo(Flapping.OFF);
        assertThat(flapping("{\"times\":2,\"within\":90}"))
                .isEqualTo(new Flapping(2, Duration.ofSeconds(90), Flapping.DEFAULT.calmFor()));
        RuleInvalidException refused = catchThrowableOfType(
                RuleInvalidException.class,
                () -> flapping("{\"times\":0,\"within\":\"2d\",\"calm_for\":0,\"often\":1}"));
        assertThat(refused.faults().stream().map(fault -> fault.field()))
                .containsExactlyInAnyOrder("flapping.times", "flapping.within", "flapping.calm_for", "flapping.often");
    }

    private static Flapping flapping(String value) throws RuleInvalidException {
        Rule rule = RuleDocument.read(
                ("{\"id\":\"cpu_usage\",\"critical\":90,\"flapping\":" + value + "}").getBytes(UTF_8));
        assertThat(RuleDocument.read(RuleDocument.write(rule))).isEqualTo(rule);
        return rule.flapping();
    }

    @Test
    void fillsInWhatIsLeftOut() throws RuleInvalidException {
        Rule rule = RuleDocument.read(
                "{\"id\":\"cpu_usage\",\"critical\":90,\"clear\":null,\"info\":null}".getBytes(UTF_8));
        assertThat(rule)
                .isEqualTo(new Rule(
                        "cpu_usage",
                        1,
                        new Measure.Newest("cpu_usage"),
                        "host",
                        Map.of(),
                        Comparison.ABOVE,
                        new TreeMap<>(Map.of(Severity.CRITICAL, 90.0)),
                        Duration.ZERO,
                        Map.of(),
                        Duration.ZERO,
                        NoData.KEEP,
                        Duration.ofMinutes(5),
                        Flapping.DEFAULT,
                        Map.of(),
                        "",
                        true));
        assertThat(rule.withVersion(7).version()).isEqualTo(7);
    }

    @Test
    void downwardRulesGrowWorseDownwards() throws RuleInvalidException, IOException {
        Rule rule = RuleDocument.read(new YAMLMapper().readTree("""
                id: few_peers
                metric: peers_total
                operator: "<"
                warning: 5
                critical: 2
                clear: {critical: 3}
                """));
        assertThat(rule.limits().firstEntry().getKey()).isEqualTo(Severity.WARNING);
    }

    @Test
    void readsWhatIsMeasured() throws RuleInvalidException, IOException {
        assertThat(measure("{id: slow, metric: latency_ms, kind: connection, over: 5m, aggregate: p95, warning: 100}"))
                .isEqualTo(new Measure.Window("latency_ms", WindowFunction.P95, Duration.ofMinutes(5)));
        assertThat(measure("{id: mute, metric: cpu_usage, over: 90, aggregate: absent, operator: '>=', critical: 1}"))
                .isEqualTo(new Measure.Window("cpu_usage", WindowFunction.ABSENT, Duration.ofSeconds(90)));
        assertThat(measure(
                        "{id: f, ratio: {of: connection_failures, to: connection_attempts}, over: 1h, critical: 0.5}"))
                .isEqualTo(new Measure.Ratio(
                        "connection_failures", "connection_attempts", WindowFunction.RATE, Duration.ofHours(1)));
        assertThat(measure("{id: full, ratio: {of: used, to: size}, warning: 0.8}"))
                .isEqualTo(new Measure.Ratio("used", "size", WindowFunction.LAST, Duration.ZERO));
        assertThat(measure("{id: full, ratio: {of: used, to: size}, over: 90s, warning: 0.8}"))
                .isEqualTo(new Measure.Ratio("used", "size", WindowFunction.AVG, Duration.ofSeconds(90)));
    }

    @Test
    void readsWhatIsDetected() throws RuleInvalidException, IOException {
        assertThat(measure("{id: odd, metric: latency, detect: anomaly, warning: 5, clear: {warning: 3}}"))
                .isEqualTo(new Measure.Anomaly(
                        "latency",
                        WindowFunction.AVG,
                        Duration.ofMinutes(5),
                        Measure.Season.WEEK,
                        Measure.Side.BOTH,
                        0));
        assertThat(measure("{id: odd, metric: connection_failures, detect: anomaly, season: day, direction: up,"
                        + " margin: 0.5, over: 15m, high: 6}"))
                .isEqualTo(new Measure.Anomaly(
                        "connection_failures",
                        WindowFunction.RATE,
                        Duration.ofMinutes(15),
                        Measure.Season.DAY,
                        Measure.Side.UP,
                        0.5));
        assertThat(measure("{id: full, metric: disk_usage, detect: forecast, within: 2d, warning: 95}"))
                .isEqualTo(new Measure.Forecast(
                        "disk_usage", WindowFunction.AVG, Duration.ofMinutes(5), Duration.ofHours(48)));
    }

    @Test
    void readsWordsBySeverity() throws RuleInvalidException, IOException {
        String yaml = "{id: ice, kind: connection, state: ice_connection_state, warning: disconnected,"
                + " critical: [failed, closed], keep_firing_for: 30}";
        assertThat(measure(yaml))
                .isEqualTo(new Measure.State("ice_state", List.of("disconnected", "failed", "closed")));
        Rule rule = RuleDocument.read(new YAMLMapper().readTree(yaml));
        assertThat(rule.limits()).isEqualTo(Map.of(Severity.WARNING, 1.0, Severity.CRITICAL, 2.0));
        assertThat(rule.comparison()).isEqualTo(Comparison.AT_LEAST);
        assertThat(RuleDocument.write(rule).toString())
                .contains("\"warning\":[\"disconnected\"],\"critical\":[\"failed\",\"closed\"]")
                .doesNotContain("operator", "clear");
    }

    @Test
    void readsGroups() throws RuleInvalidException, IOException {
        assertThat(measure(
                        "{id: r, kind: connection, where: {region: eu}, group: {of: share, when: {state: connection_type,"
                                + " is: relay}, min_subjects: 20, by: [relay, region]}, warning: 0.3}"))
                .isEqualTo(new Measure.Group(
                        Measure.Group.Of.SHARE,
                        new Condition.Word("connection_type", List.of("relay")),
                        20,
                        List.of("relay", "region")));
        assertThat(measure("{id: r, group: {of: count, when: {metric: cpu, operator: '>=', limit: 90}}, high: 10}"))
                .isEqualTo(new Measure.Group(
                        Measure.Group.Of.COUNT,
                        new Condition.Number("cpu_usage", Comparison.AT_LEAST, 90),
                        1,
                        List.of()));
        assertThat(measure("{id: r, kind: connection, group: {when: {label: path, is: [relay, turn]}, by: host},"
                        + " operator: '<', warning: 1}"))
                .isEqualTo(new Measure.Group(
                        Measure.Group.Of.SHARE,
                        new Condition.Label("path", List.of("relay", "turn")),
                        1,
                        List.of("host")));
    }

    private static Measure measure(String yaml) throws RuleInvalidException, IOException {
        Rule rule = RuleDocument.read(new YAMLMapper().readTree(yaml));
        assertThat(RuleDocument.read(RuleDocument.write(rule)))
                .as("written and read again")
                .isEqualTo(rule);
        return rule.measure();
    }

    @Test
    void saysThatItIsNotJson() {
        RuleInvalidException refused =
                catchThrowableOfType(RuleInvalidException.class, () -> RuleDocument.read("id: cpu".getBytes(UTF_8)));
        assertThat(refused.faults()).singleElement().satisfies(fault -> assertThat(fault.code())
                .isEqualTo("malformed"));
        assertThat(catchThrowableOfType(RuleInvalidException.class, () -> RuleDocument.read(new byte[0])))
                .isNotNull();
    }

    /** A rule that is in the topic must not stop the services of an upgrade that would not let it in any more. */
    @Test
    void whatIsKeptIsReadAlthoughItWouldBeRefusedNow() throws RuleInvalidException, IOException {
        for (String rule : List.of(
                "{\"id\":\"cpu_usage\",\"critical\":-1,\"clear\":{\"critical\":-2}}",
                "{\"id\":\"cpu_usage\",\"critical\":90,\"where\":{\"host\":\"\"},\"summary\":\"{{vlaue}} {{\"}")) {
            assertThat(RuleDocument.read(rule.getBytes(UTF_8)).id()).isEqualTo("cpu_usage");
            assertThat(catchThrowableOfType(
                            RuleInvalidException.class,
                            () -> RuleDocument.read(Json.mapper().readTree(rule))))
                    .as(rule)
                    .isNotNull();
        }
    }

    @Test
    void labelsThatNobodyKnowsBeforeAreNoMistakes() throws RuleInvalidException, IOException {
        for (String rule : List.of(
                "{id: a, metric: latency_ms, kind: connection, high: 9, summary: '{{host}} to {{peer}} by {{hosts}}, {{ relay }}'}",
                "{id: a, metric: my_own, high: -1, labels: {limit: x}, summary: 'at {{limit}}'}",
                "{id: a, metric: my_own, high: 0, where: {metric: '*', region: ''}, summary: 'of {{metric}} } }} {'}",
                "{id: a, metric: cpu_usage, operator: '>=', high: 100, clear: {high: 0.5}, where: {host: '*-eu-*'}}")) {
            assertThat(RuleDocument.read(new YAMLMapper().readTree(rule)).id()).isEqualTo("a");
        }
    }

    /** One file per mistake, named after it; each says what a person is told. */
    static Stream<Path> museum() throws IOException, URISyntaxException {
        Path rules = Path.of(Objects.requireNonNull(RuleDocumentTest.class.getResource("/rules"))
                .toURI());
        try (Stream<Path> files = Files.list(rules)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("museum")
    void refuses(Path mistake) throws IOException {
        var file = new YAMLMapper().readTree(mistake.toFile());
        List<String> expected = new ArrayList<>();
        file.path("expects").forEach(line -> expected.add(line.asText()));
        RuleInvalidException refused =
                catchThrowableOfType(RuleInvalidException.class, () -> RuleDocument.read(file.path("rule")));
        assertThat(refused).as("%s is refused", mistake.getFileName()).isNotNull();
        assertThat(refused.faults().stream().map(f -> f.field() + " | " + f.code() + " | " + f.detail()))
                .containsExactlyElementsOf(expected);
    }
}
