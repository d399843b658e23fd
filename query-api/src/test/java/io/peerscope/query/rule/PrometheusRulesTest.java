package io.peerscope.query.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.rule.DefaultRules;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusRulesTest {
    @TempDir
    private Path folder;

    @Test
    void eachSeverityIsAnAlert() throws Exception {
        JsonNode alerts = alerts("{'id':'cpu_usage','warning':80,'critical':90,'duration':300,'keep_firing_for':60,"
                + "'labels':{'team':'ops'},'summary':'{{host}} at {{value}} %, limit {{threshold}}, {{team}}'}");
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(1)).isEqualTo(Json.mapper().readTree("""
                        {"alert": "cpu_usage", "expr": "peerscope_cpu_usage{kind=\\"host\\"} > 90", "for": "300s",
                         "keep_firing_for": "60s", "labels": {"severity": "critical", "team": "ops"},
                         "annotations": {"summary": "{{ $labels.host }} at {{ $value }} %, limit 90, ops"}}"""));
    }

    @Test
    void whatIsMeasuredIsAnExpression() throws Exception {
        assertThat(expression("{'id':'r','metric':'latency_ms','kind':'connection','over':'5m','aggregate':'p95',"
                        + "'where':{'host':'eu-*','peer':'h.2'},'warning':0.5}"))
                .isEqualTo("quantile_over_time(0.95, peerscope_latency_ms"
                        + "{host=~\"eu-.*\",kind=\"connection\",peer=\"h.2\"}[300s]) > 0.5");
        assertThat(expression("{'id':'r','ratio':{'of':'connection_failures','to':'connection_attempts'},"
                        + "'over':'5m','critical':0.5}"))
                .isEqualTo("rate(peerscope_connection_failures{kind=\"host\"}[300s])"
                        + " / (rate(peerscope_connection_attempts{kind=\"host\"}[300s]) != 0) > 0.5");
        assertThat(expression("{'id':'r','metric':'io/wait.x','operator':'<=','warning':1e-7}"))
                .isEqualTo("peerscope_io_wait_x{kind=\"host\"} <= 0.0000001");
        assertThat(expression("{'id':'r','metric':'memory_bytes','over':'1m','aggregate':'increase','warning':5}"))
                .isEqualTo("delta(peerscope_memory_bytes{kind=\"host\"}[60s]) > 5");
    }

    @Test
    void aGroupIsAnAggregation() throws Exception {
        assertThat(
                        expression(
                                "{'id':'r','kind':'connection','where':{'region':'eu'},'group':{'when':{'metric':'latency_ms',"
                                        + "'operator':'>=','limit':200},'by':['region','host'],'min_subjects':20},'warning':0.3}"))
                .isEqualTo(
                        "avg by (region, host) (peerscope_latency_ms{kind=\"connection\",region=\"eu\"} >= bool 200) > 0.3"
                                + " and count by (region, host) (peerscope_latency_ms{kind=\"connection\",region=\"eu\"}) >= 20");
        assertThat(expression("{'id':'r','group':{'of':'count','when':{'metric':'cpu_usage','limit':90}},'warning':3}"))
                .isEqualTo("sum(peerscope_cpu_usage{kind=\"host\"} > bool 90) > 3");
        assertThat(file("{'id':'r','kind':'connection','state':'ice_state','critical':'failed'}"))
                .contains("# r cannot be expressed: a metric of Prometheus has no words");
    }

    @Test
    void whatCannotBeSaidIsAComment() {
        assertThat(file("{'id':'mute','metric':'cpu_usage','over':'30s','aggregate':'absent','operator':'>=',"
                        + "'critical':1}"))
                .contains("# mute cannot be expressed")
                .contains("rules: []");
        assertThat(file("{'id':'off','metric':'cpu_usage','critical':1,'enabled':false}"))
                .contains("# off is switched off");
        assertThat(file("{'id':'r','metric':'cpu_usage','critical':9,'clear':{'critical':5},'no_data':'alert'}"))
                .contains("# r has recovery limits", "# r says no_data: alert", "- alert: \"r\"");
    }

    @Test
    void promtoolAcceptsIt() throws Exception {
        String promtool = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(place -> Path.of(place, "promtool"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
        assumeTrue(!promtool.isEmpty(), "promtool is not installed");
        List<Rule> rules = new ArrayList<>(DefaultRules.load());
        rules.add(rule(
                "{'id':'odd.id-1','metric':'a.b/c:d-e','where':{'a/b':'x\\\\\\\"*','path':'(.*'},'critical':-1.5e300,"
                        + "'labels':{'1 odd':'{{ x','severity':'mine'},'summary':'{{no.such}} {{ open'}"));
        Path file = Files.writeString(folder.resolve("rules.yml"), PrometheusRules.write(rules));
        Process check = new ProcessBuilder(promtool, "check", "rules", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(check.exitValue()).as(said).isZero();
        assertThat(said).contains("SUCCESS");
        for (String function : List.of("avg", "min", "max", "sum", "count", "last", "rate", "increase", "changes")) {
            Files.writeString(
                    file,
                    file("{'id':'r','metric':'cpu_usage','over':'1h','aggregate':'" + function
                            + "','operator':'<','critical':50}"));
            Process each = new ProcessBuilder(promtool, "check", "rules", file.toString())
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(each.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(each.waitFor()).as(answer).isZero();
        }
    }

    private static String expression(String rule) throws Exception {
        return alerts(rule).get(0).path("expr").asText();
    }

    private static JsonNode alerts(String rule) throws Exception {
        return new YAMLMapper().readTree(file(rule)).at("/groups/0/rules");
    }

    private static String file(String rule) {
        return PrometheusRules.write(List.of(rule(rule)));
    }

    private static Rule rule(String json) {
        try {
            return RuleDocument.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
