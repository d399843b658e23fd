package io.peerscope.query.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.contracts.rule.DefaultRules;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleInvalidException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleImportTest {
    private static final ObjectMapper YAML = new YAMLMapper();

    @Test
    void aListOfAlertsIsWhatIsShipped() throws Exception {
        List<Rule> rules = json("""
                {"alerts": [
                  {"type": "host_overload",
                   "threshold": {"cpu_usage": 90, "memory_usage": 85, "player_count": 100}, "severity": "high"},
                  {"type": "network_degradation",
                   "threshold": {"latency": 200, "packet_loss": 5, "sync_delay": 1000}, "severity": "critical"}]}
                """).rules();
        assertThat(rules)
                .extracting(Rule::id)
                .containsExactly(
                        "host_overload_cpu",
                        "host_overload_memory",
                        "host_overload_players",
                        "network_degradation_latency",
                        "network_degradation_packet_loss",
                        "network_degradation_sync_delay");
        assertThat(DefaultRules.load()).as("with their recovery limits").containsAll(rules);
        assertThat(rules.getFirst().limits()).isEqualTo(Map.of(Severity.HIGH, 90.0));
        assertThat(rules.getFirst().duration()).isEqualTo(Duration.ofMinutes(1));
        assertThat(rules.get(3).limits()).isEqualTo(Map.of(Severity.CRITICAL, 200.0));
    }

    @Test
    void aRecoveryLimitGoesWithItsLimit() throws Exception {
        Rule rule =
                json("{\"alerts\":[{\"type\":\"host_overload\",\"threshold\":{\"cpu_usage\":80},\"severity\":\"high\"}]}")
                        .rules()
                        .getFirst();
        assertThat(rule.id()).isEqualTo("host_overload_cpu");
        assertThat(rule.clear()).isEmpty();
    }

    @Test
    void aTypeThatIsNotShippedMakesARuleOfItsFields() throws Exception {
        Rule rule = json("{\"alerts\":[{\"type\":\"lag\",\"threshold\":{\"rtt\":250},\"severity\":\"warning\"}]}")
                .rules()
                .getFirst();
        assertThat(rule.id()).isEqualTo("lag_latency_ms");
        assertThat(rule.kind()).isEqualTo("connection");
        assertThat(rule.limits()).isEqualTo(Map.of(Severity.WARNING, 250.0));
        assertThat(rule.labels()).containsEntry("group", "lag");
        assertThat(rule.summary()).isEqualTo("{{host}}: latency_ms at {{value}} ms (limit {{threshold}})");
    }

    @Test
    void aMapOfLimitsIsWhatIsShipped() throws Exception {
        RuleImport.Imported imported = yaml("""
                # conf/p2p/alerts.yml
                alerts:
                  cpu_usage:
                    warning: 80
                    critical: 90
                    duration: 300  # seconds

                  memory_usage:
                    warning: 75
                    critical: 85
                    duration: 300

                  network_latency:
                    warning: 150
                    critical: 200
                    duration: 60

                  error_rate:
                    warning: 5
                    critical: 10
                    duration: 300

                notifications:
                  email:
                    enabled: true
                    recipients:
                      - admin@yourserver.com
                """);
        assertThat(imported.ignored()).containsExactly("notifications");
        assertThat(imported.rules()).hasSize(4).allSatisfy(rule -> assertThat(DefaultRules.load())
                .contains(rule));
    }

    @Test
    void anotherDurationIsNotContradictedByTheShippedWords() throws Exception {
        Rule rule = yaml("alerts: {cpu_usage: {critical: 70, duration: 60}}")
                .rules()
                .getFirst();
        assertThat(rule.limits()).isEqualTo(Map.of(Severity.CRITICAL, 70.0));
        assertThat(rule.duration()).isEqualTo(Duration.ofMinutes(1));
        assertThat(rule.summary()).doesNotContain("five minutes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"cpu\":90,\"memory\":85,\"latency\":200}",
                "{\"alert_thresholds\":{\"cpu\":90,\"memory\":85,\"latency\":200}}",
                "{\"alert_thresholds\":\"{\\\"cpu\\\":90,\\\"memory\\\":85,\\\"latency\\\":200}\"}"
            })
    void settingsAreLimitsWithoutASeverity(String document) throws Exception {
        assertThat(json(document).rules())
                .extracting(Rule::id, rule -> rule.limits().get(Severity.WARNING))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("alert_threshold_cpu_usage", 90.0),
                        org.assertj.core.groups.Tuple.tuple("alert_threshold_memory_usage", 85.0),
                        org.assertj.core.groups.Tuple.tuple("alert_threshold_latency", 200.0));
    }

    @Test
    void aWrongValueIsNamedWithLineAndColumn() {
        assertThat(faults("""
                alerts:
                  cpu_usage:
                    warning: 80
                    critical: hot
                  nonsense:
                    warning: 1
                """))
                .extracting(Problem.Detail::field, Problem.Detail::line, Problem.Detail::column)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("alerts.cpu_usage.critical", 4, 5),
                        org.assertj.core.groups.Tuple.tuple("alerts.nonsense", 5, 3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {alerts: [{type: t, threshold: {cpu: 101}, severity: high}]}            | alerts[0].threshold.cpu
            {alerts: [{type: t, threshold: {cpu: 90}, severity: worst}]}            | alerts[0].severity
            {alerts: [{type: 'a b', threshold: {cpu: 90}, severity: high}]}         | alerts[0].type
            {alerts: [{threshold: {cpu: 90}, severity: high}]}                      | alerts[0].type
            {alerts: [{type: t, severity: high}]}                                   | alerts[0].threshold
            {alerts: [{type: t, treshold: {cpu: 90}, severity: high}]}              | alerts[0].treshold
            {alerts: [5]}                                                           | alerts[0]
            {alerts: {cpu_usage: {warning: 90, critical: 80}}}                      | alerts.cpu_usage.critical
            {alerts: {cpu_usage: {duration: 5}}}                                    | alerts.cpu_usage
            {alerts: {cpu_usage: {warning: 90, duration: 5m}}}                      | alerts.cpu_usage.duration
            {alerts: {cpu_usage: 90}}                                               | alerts.cpu_usage
            {alerts: {}}                                                            | ''
            {alert_thresholds: 'cpu: 90'}                                           | alert_thresholds
            {alert_thresholds: {cpu: high}}                                         | alert_thresholds.cpu
            {cpu: 90, cpu_usage: 80}                                                | cpu_usage
            {rules: []}                                                             | ''
            [1]                                                                     | ''
            """)
    void refuses(String document, String field) {
        assertThat(faults(document)).first().extracting(Problem.Detail::field).isEqualTo(field);
    }

    private static RuleImport.Imported json(String text) throws IOException, RuleInvalidException {
        return RuleImport.read(Json.mapper().readTree(text));
    }

    private static RuleImport.Imported yaml(String text) throws IOException, RuleInvalidException {
        return RuleImport.read(YAML.readTree(text));
    }

    private static List<Problem.Detail> faults(String text) {
        RuleInvalidException refused =
                catchThrowableOfType(RuleInvalidException.class, () -> RuleImport.read(YAML.readTree(text)));
        return Places.of(text.getBytes(StandardCharsets.UTF_8), YAML).mark(refused.faults());
    }
}
