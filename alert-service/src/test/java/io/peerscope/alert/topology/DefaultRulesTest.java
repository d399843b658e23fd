package io.peerscope.alert.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.DefaultRules;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each shipped rule beside all others: quiet on a healthy host, one alert on a sick one, and its end. */
class DefaultRulesTest {
    private static final List<Rule> RULES =
            DefaultRules.load().stream().map(DefaultRulesTest::enabled).toList();
    private static final int EVERY = 5;
    private static final int HEALTHY_FOR = 900;
    /** Longer than any rule's window and patience together. */
    private static final int LONGEST = 1_500;

    @TempDir
    private Path stateDir;

    private AlertsDriver alerts;
    private long second;
    private final Map<String, Double> sent = new HashMap<>();

    @BeforeEach
    void start() {
        alerts = new AlertsDriver(stateDir, Stores::inMemoryKeyValueStore, 0);
    }

    @AfterEach
    void stop() {
        alerts.close();
    }

    /**
     * {@code name=5} is what a host sends every five seconds, {@code name+5} a counter that grows by so much each time.
     *
     * @param patience seconds that it takes at least
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host_overload_cpu               | host                 | cpu_usage=40              | cpu_usage=91              | high     | 60
            host_overload_memory            | host                 | memory_usage=60           | memory_usage=86           | high     | 60
            host_overload_players           | host                 | player_count=80           | player_count=101          | high     | 0
            network_degradation_latency     | host                 | latency=40                | latency=201               | critical | 0
            network_degradation_packet_loss | host                 | packet_loss=0.5           | packet_loss=6             | critical | 0
            network_degradation_sync_delay  | host                 | sync_delay=50             | sync_delay=1001           | critical | 0
            link_degradation_latency        | connection:peer=h2   | latency_ms=40             | latency_ms=201            | high     | 60
            link_degradation_packet_loss    | connection:peer=h2   | packet_loss=0.5           | packet_loss=6             | high     | 60
            bandwidth_minimum               | connection:peer=h2   | bandwidth_mbps=50         | bandwidth_mbps=9          | warning  | 300
            cpu_usage                       | host                 | cpu_usage=40              | cpu_usage=85              | warning  | 300
            cpu_usage                       | host                 | cpu_usage=40              | cpu_usage=95              | critical | 300
            memory_usage                    | host                 | memory_usage=60           | memory_usage=80           | warning  | 300
            memory_usage                    | host                 | memory_usage=60           | memory_usage=90           | critical | 300
            network_latency                 | host                 | latency=40                | latency=160               | warning  | 60
            network_latency                 | host                 | latency=40                | latency=220               | critical | 60
            error_rate                      | host                 | error_rate=1              | error_rate=7              | warning  | 300
            error_rate                      | host                 | error_rate=1              | error_rate=12             | critical | 300
            high_cpu_usage                  | host                 | cpu_usage=40              | cpu_usage=95              | warning  | 0
            high_memory_usage               | host                 | memory_bytes=900000000    | memory_bytes=1073741825   | warning  | 0
            connection_failure_rate         | host                 | connection_failures+0 connection_attempts+1 | connection_failures+1 connection_attempts+1 | critical | 360
            connection_failure_percent      | host                 | connection_failure_rate=2 | connection_failure_rate=51 | critical | 300
            high_connection_failures        | host                 | connection_failures+0     | connection_failures+1     | warning  | 50
            insufficient_peers              | host                 | peers_total=3             | peers_total=1             | critical | 120
            p2p_isolation                   | host                 | active_connections=3      | active_connections=0      | critical | 60
            circuit_breaker_open            | connection:peer=h2   | circuit_breaker_state=0   | circuit_breaker_state=2   | critical | 90
            high_latency_p95                | host                 | latency=40                | latency=110               | warning  | 120
            buffered_messages               | host                 | buffered_messages=10      | buffered_messages=1001    | warning  | 60
            link_buffered_messages          | connection:peer=h2   | buffered_messages=10      | buffered_messages=1001    | warning  | 60
            connection_pool                 | host                 | pool_utilization=50       | pool_utilization=91       | warning  | 120
            connection_pool_resource        | resource:resource=db | pool_utilization=50       | pool_utilization=91       | warning  | 120
            connection_pool_share           | host                 | pool_active=5 pool_size=10 | pool_active=10 pool_size=10 | warning | 120
            high_peer_churn                 | host                 | peer_churn_rate=2         | peer_churn_rate=30        | warning  | 300
            unhealthy_peers                 | host                 | peers_unhealthy=0         | peers_unhealthy=1         | warning  | 60
            anti_cheat                      | host                 | cheat_detections+0        | cheat_detections+0.1      | warning  | 0
            anti_cheat                      | host                 | cheat_detections+0        | cheat_detections+6        | high     | 0
            suspicious_activity             | host                 | suspicious_activities+0   | suspicious_activities+1   | warning  | 20
            suspicious_activity             | host                 | suspicious_activities+0   | suspicious_activities+20  | high     | 0
            ddos_attack                     | host                 | attack_detections+0       | attack_detections+1       | critical | 0
            ddos_flood                      | host                 | blocked_packets_per_second=3 | blocked_packets_per_second=50000 | high | 30
            authentication_failures         | host                 | authentication_failures+0.1 | authentication_failures+2 | warning | 30
            authentication_failures         | host                 | authentication_failures+0.1 | authentication_failures+120 | high  | 0
            """)
    void firesAndEnds(String id, String subject, String healthy, String sick, String severity, long patience) {
        RULES.forEach(alerts::rule);
        send(subject, healthy, HEALTHY_FOR);
        assertThat(alerts.told()).as("a healthy host").isEmpty();

        long fellIll = second;
        for (int i = 0; i < LONGEST / EVERY && of(id, "firing").isEmpty(); i++) {
            send(subject, sick, EVERY);
        }
        assertThat(of(id, "firing"))
                .as(alerts.told().toString())
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.data().severity().word()).isEqualTo(severity);
                    assertThat(event.time())
                            .isBetween(AlertsDriver.time(fellIll + patience), AlertsDriver.time(second));
                    assertThat(event.data().summary()).contains("h1").doesNotContain("{{", "?");
                });

        send(subject, healthy, LONGEST);
        assertThat(of(id, "resolved")).as(alerts.told().toString()).hasSize(1);
        assertThat(of(id, "firing")).hasSize(1);
        assertThat(alerts.active()).isEmpty();
    }

    @Test
    void everyRuleIsInTheTable() throws NoSuchMethodException {
        String table = DefaultRulesTest.class
                .getDeclaredMethod(
                        "firesAndEnds",
                        String.class,
                        String.class,
                        String.class,
                        String.class,
                        String.class,
                        long.class)
                .getAnnotation(CsvSource.class)
                .textBlock();
        assertThat(table.lines()
                        .map(line -> line.substring(0, line.indexOf('|')).strip()))
                .containsAll(RULES.stream()
                        .filter(rule -> !(rule.measure() instanceof Measure.Detect))
                        .map(Rule::id)
                        .toList());
    }

    /** Nothing more than what is expected makes a rule that detects speak. */
    @ParameterizedTest
    @CsvSource({"disk_full, disk_usage, 80, 40", "unusual_latency, latency, 95, 40"})
    void whatIsDetectedFiresAndEnds(String id, String metric, double sick, double healthy) {
        RULES.forEach(alerts::rule);
        Rule rule =
                RULES.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        alerts.expectation(
                rule.measure() instanceof Measure.Anomaly
                        ? Foretold.usual(rule, "h1", 40, 5)
                        : Foretold.heading(rule, "h1", 80, 99, 0.5, Duration.ofHours(30)));
        send("host", metric + "=" + sick, HEALTHY_FOR);
        assertThat(of(id, "firing"))
                .as(alerts.told().toString())
                .singleElement()
                .satisfies(event ->
                        assertThat(event.data().summary()).contains("h1").doesNotContain("{{", "?"));
        send("host", metric + "=" + healthy, HEALTHY_FOR);
        assertThat(of(id, "resolved")).as(alerts.told().toString()).hasSize(1);
    }

    /** What happens every day somewhere and is nobody's business at night. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            one failed attempt of a quiet host   | host               | connection_failures+0 connection_attempts+0 | connection_failures+1 connection_attempts+1 | 5
            a start at which peers are not up    | host               | connection_failures+0 connection_attempts+0.1 | connection_failures+1 connection_attempts+1 | 50
            a host that restarts                 | host               | peers_total=4 active_connections=4 | peers_total=0 active_connections=0 | 55
            a breaker that opens and closes      | connection:peer=h2 | circuit_breaker_state=0 | circuit_breaker_state=2 | 30
            a network that comes back            | host               | peer_churn_rate=1 | peer_churn_rate=40 | 60
            a burst of messages                  | host               | buffered_messages=0 | buffered_messages=5000 | 30
            connections that are all established | host:state=failed  | active_connections=0 | active_connections=0 | 900
            """)
    void isNoAlarm(String what, String subject, String usual, String briefly, int seconds) {
        RULES.forEach(alerts::rule);
        send(subject, usual, HEALTHY_FOR);
        send(subject, briefly, seconds);
        send(subject, usual, HEALTHY_FOR);
        assertThat(alerts.events())
                .as(what)
                .noneMatch(event -> event.transition().word().equals("firing"));
    }

    private List<AlertEvent> of(String id, String transition) {
        return alerts.events().stream()
                .filter(event -> event.data().ruleId().equals(id)
                        && event.transition().word().equals(transition))
                .toList();
    }

    private void send(String subject, String fields, int seconds) {
        for (long end = second + seconds; second < end; second += EVERY) {
            for (String field : fields.split(" ")) {
                int sign = field.indexOf('=') + field.indexOf('+') + 1;
                double number = Double.parseDouble(field.substring(sign + 1));
                String name = field.substring(0, sign);
                sent.merge(name, number, field.charAt(sign) == '+' ? Double::sum : (was, now) -> now);
            }
            alerts.until(second)
                    .send(
                            "h1",
                            List.of(Point.of(
                                    of(subject), AlertsDriver.time(second).toEpochMilli(), sent)),
                            false);
        }
        alerts.until(second);
    }

    /** {@code kind}, or {@code kind:label=value}. */
    private static Subject of(String text) {
        String[] parts = text.split("[:=]");
        return new Subject("h1", parts[0], parts.length == 1 ? Labels.none() : Labels.of(parts[1], parts[2]));
    }

    private static Rule enabled(Rule rule) {
        ObjectNode document = RuleDocument.write(rule).put("enabled", true);
        try {
            return RuleDocument.read(document);
        } catch (RuleInvalidException e) {
            throw new IllegalStateException(e);
        }
    }
}
