package io.peerscope.contracts.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.catalogue.StateDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultRulesTest {
    /** What concerns the network as a whole. */
    private static final Set<String> OF_NO_HOST = Set.of("network", "incident", "paths");

    private final List<Rule> rules = DefaultRules.load();
    private final MetricCatalogue catalogue = MetricCatalogue.load();

    @Test
    void idsAreUnique() {
        assertThat(rules.stream().map(Rule::id)).doesNotHaveDuplicates();
    }

    @Test
    void everyRuleWatchesAKnownFieldOfAKindThatHasIt() {
        assertThat(rules)
                .filteredOn(rule -> !(rule.measure() instanceof Measure.State))
                .filteredOn(rule -> !(rule.measure() instanceof Measure.Group))
                .allSatisfy(rule -> {
                    assertThat(catalogue.canonicalName(rule.metric())).isEqualTo(rule.metric());
                    assertThat(catalogue.find(rule.metric()).orElseThrow().kinds())
                            .contains(rule.kind());
                    assertThat(rule.limits().values())
                            .allMatch(limit -> rule.measure() instanceof Measure.Anomaly
                                    || catalogue
                                            .find(rule.metric())
                                            .orElseThrow()
                                            .sane(limit));
                });
    }

    @Test
    void everyWordThatARuleWatchesIsSent() {
        assertThat(rules)
                .filteredOn(rule -> rule.measure() instanceof Measure.State)
                .isNotEmpty()
                .allSatisfy(rule -> {
                    StateDefinition known = catalogue.findState(rule.metric()).orElseThrow();
                    assertThat(known.kinds()).contains(rule.kind());
                    assertThat(known.values()).containsAll(((Measure.State) rule.measure()).words());
                });
    }

    @Test
    void everyRuleSaysWhereAndIsOfAFamily() {
        assertThat(rules).allSatisfy(rule -> {
            if (!OF_NO_HOST.contains(rule.kind()) && !(rule.measure() instanceof Measure.Group)) {
                assertThat(rule.summary()).contains("{{host}}");
            }
            assertThat(rule.labels().get("family")).isIn("performance", "security", "network", "game");
        });
    }

    @Test
    void everyFieldThatARatioNeedsIsKnown() {
        assertThat(rules).allSatisfy(rule -> assertThat(rule.measure().metrics())
                .allSatisfy(metric ->
                        assertThat(catalogue.find(metric).orElseThrow().kinds()).contains(rule.kind())));
    }

    @Test
    void everyFamilyIsThere() {
        assertThat(rules.stream().map(rule -> rule.labels().get("family")))
                .contains("performance", "security", "network", "game");
    }

    @Test
    void aDisabledRuleSaysWhy() {
        assertThat(rules.stream().filter(rule -> !rule.enabled()).map(Rule::id))
                .containsExactlyInAnyOrder("bandwidth_minimum", "high_memory_usage", "unusual_latency");
        assertThat(rules).allSatisfy(rule -> assertThat(rule.labels().containsKey("disabled_because"))
                .isEqualTo(!rule.enabled()));
    }

    @ParameterizedTest
    @CsvSource({
        "host_overload_cpu,cpu_usage,host,HIGH,90",
        "host_overload_memory,memory_usage,host,HIGH,85",
        "host_overload_players,player_count,host,HIGH,100",
        "network_degradation_latency,latency,host,CRITICAL,200",
        "network_degradation_packet_loss,packet_loss,host,CRITICAL,5",
        "network_degradation_sync_delay,sync_delay,host,CRITICAL,1000",
        "link_degradation_latency,latency_ms,connection,HIGH,200",
        "link_degradation_packet_loss,packet_loss,connection,HIGH,5",
        "bandwidth_minimum,bandwidth_mbps,connection,WARNING,10",
        "high_cpu_usage,cpu_usage,host,WARNING,90",
        "high_memory_usage,memory_bytes,host,WARNING,1073741824",
        "connection_failure_rate,connection_failures,host,CRITICAL,0.5",
        "connection_failure_percent,connection_failure_rate,host,CRITICAL,50",
        "high_connection_failures,connection_failures,host,WARNING,10",
        "insufficient_peers,peers_total,host,CRITICAL,2",
        "p2p_isolation,active_connections,host,CRITICAL,1",
        "circuit_breaker_open,circuit_breaker_state,connection,CRITICAL,2",
        "high_latency_p95,latency,host,WARNING,100",
        "buffered_messages,buffered_messages,host,WARNING,1000",
        "link_buffered_messages,buffered_messages,connection,WARNING,1000",
        "connection_pool,pool_utilization,host,WARNING,90",
        "connection_pool_resource,pool_utilization,resource,WARNING,90",
        "connection_pool_share,pool_active,host,WARNING,0.9",
        "high_peer_churn,peer_churn_rate,host,WARNING,10",
        "unhealthy_peers,peers_unhealthy,host,WARNING,0"
    })
    void oneLimit(String id, String metric, String kind, Severity severity, double limit) {
        Rule rule = rule(id);
        assertThat(rule.metric()).isEqualTo(metric);
        assertThat(rule.kind()).isEqualTo(kind);
        assertThat(rule.limits()).isEqualTo(Map.of(severity, limit));
    }

    @ParameterizedTest
    @CsvSource({
        "cpu_usage,cpu_usage,80,90,300",
        "memory_usage,memory_usage,75,85,300",
        "network_latency,latency,150,200,60",
        "error_rate,error_rate,5,10,300"
    })
    void warningThenCritical(String id, String metric, double warning, double critical, long seconds) {
        Rule rule = rule(id);
        assertThat(rule.metric()).isEqualTo(metric);
        assertThat(rule.limits()).isEqualTo(Map.of(Severity.WARNING, warning, Severity.CRITICAL, critical));
        assertThat(rule.duration()).isEqualTo(Duration.ofSeconds(seconds));
    }

    /** A sample of 95 % must raise it within two seconds. */
    @Test
    void highCpuUsageAnswersAtOnce() {
        assertThat(rule("high_cpu_usage").duration()).isZero();
        assertThat(rule("high_cpu_usage").comparison().holds(95, 90)).isTrue();
    }

    private Rule rule(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst().orElseThrow();
    }
}
