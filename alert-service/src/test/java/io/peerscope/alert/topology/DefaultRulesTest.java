package io.peerscope.alert.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.rule.DefaultRules;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import io.peerscope.testkit.ailment.Ailment;
import io.peerscope.testkit.ailment.Patient;
import io.peerscope.testkit.ailment.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each shipped rule beside all others: quiet on a healthy host, one alert on a sick one, and its end. */
class DefaultRulesTest {
    private static final List<Rule> RULES =
            DefaultRules.load().stream().map(DefaultRulesTest::enabled).toList();
    /** Kinds that no host sends: what makes these rules fire is the aggregator's business. */
    private static final Set<String> CONCLUDED = Set.of("link", "presence", "network", "incident", "paths");

    private static final int EVERY = (int) Ailment.EVERY.toSeconds();
    private static final int HEALTHY_FOR = 900;
    /** Longer than any rule's window and patience together. */
    private static final int LONGEST = 1_500;

    @TempDir
    private Path stateDir;

    private AlertsDriver alerts;
    private long second;

    @BeforeEach
    void start() {
        alerts = new AlertsDriver(stateDir, Stores::inMemoryKeyValueStore, 0);
    }

    @AfterEach
    void stop() {
        alerts.close();
    }

    static List<Ailment> ailments() {
        return Ailment.ofShippedRules();
    }

    @ParameterizedTest
    @MethodSource("ailments")
    void firesAndEnds(Ailment ailment) {
        Patient patient = new Patient(ailment.of("h1"));
        RULES.forEach(alerts::rule);
        foretold(ailment.rule()).ifPresent(alerts::expectation);
        send(patient, ailment.healthy(), HEALTHY_FOR);
        assertThat(alerts.told()).as("a healthy host").isEmpty();

        String id = ailment.rule();
        long fellIll = second;
        for (int i = 0; i < LONGEST / EVERY && of(id, "firing").isEmpty(); i++) {
            send(patient, ailment.sick(), EVERY);
        }
        assertThat(of(id, "firing"))
                .as(alerts.told().toString())
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.data().severity()).isEqualTo(ailment.severity());
                    assertThat(event.time())
                            .isBetween(AlertsDriver.time(fellIll).plus(ailment.patience()), AlertsDriver.time(second));
                    assertThat(event.data().summary()).contains("h1").doesNotContain("{{", "?");
                });

        send(patient, ailment.healthy(), LONGEST);
        assertThat(of(id, "resolved")).as(alerts.told().toString()).hasSize(1);
        assertThat(of(id, "firing")).hasSize(1);
        assertThat(alerts.active()).isEmpty();
    }

    /** What a rule that detects expects of a host that is well. */
    private static Optional<Expectation> foretold(String id) {
        Rule rule =
                RULES.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        return switch (rule.measure()) {
            case Measure.Anomaly anomaly -> Optional.of(Foretold.usual(rule, "h1", 40, 5));
            case Measure.Forecast forecast ->
                Optional.of(Foretold.heading(rule, "h1", 93, 99, 0.1, Duration.ofHours(20)));
            case Measure.Newest newest -> Optional.empty();
            case Measure.Window window -> Optional.empty();
            case Measure.Ratio ratio -> Optional.empty();
            case Measure.State state -> Optional.empty();
            case Measure.Group group -> Optional.empty();
        };
    }

    @Test
    void everyRuleAndSeverityIsInTheTable() {
        assertThat(ailments().stream().map(Ailment::toString))
                .containsAll(RULES.stream()
                        .filter(rule -> !CONCLUDED.contains(rule.kind()))
                        .flatMap(rule -> rule.limits().keySet().stream().map(each -> rule.id() + " " + each.word()))
                        .toList());
    }

    /** What happens every day somewhere and is nobody's business at night. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            one failed attempt of a quiet host   | host               | connection_failures+0 connection_attempts+0 | connection_failures+1 connection_attempts+1 | 5
            a start at which peers are not up    | host               | connection_failures+0 connection_attempts+0.1 | connection_failures+1 connection_attempts+1 | 50
            a host that restarts                 | host               | peers_total=4 active_connections=4 | peers_total=0 active_connections=0 | 55
            a breaker that opens and closes      | connection:peer=h2 | circuit_breaker_state=0 | circuit_breaker_state=2 | 30
            a breaker that tries again, in words | connection:peer=h2 | circuit_breaker:closed  | circuit_breaker:half_open | 60
            a map that is started again          | map:map=prontera   | map_status:online       | map_status:offline       | 55
            a host that catches up               | host               | sync_status:synced      | sync_status:behind       | 100
            a network that comes back            | host               | peer_churn_rate=1 | peer_churn_rate=40 | 60
            a burst of messages                  | host               | buffered_messages=0 | buffered_messages=5000 | 30
            connections that are all established | host:state=failed  | active_connections=0 | active_connections=0 | 900
            """)
    void isNoAlarm(String what, String subject, String usual, String briefly, int seconds) {
        Patient patient = new Patient(Ailment.subject("h1", subject));
        RULES.forEach(alerts::rule);
        send(patient, Report.of(usual), HEALTHY_FOR);
        send(patient, Report.of(briefly), seconds);
        send(patient, Report.of(usual), HEALTHY_FOR);
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

    private void send(Patient patient, Report report, int seconds) {
        for (long end = second + seconds; second < end; second += EVERY) {
            alerts.until(second)
                    .send(
                            "h1",
                            List.of(patient.sends(
                                    report, AlertsDriver.time(second).toEpochMilli())),
                            false);
        }
        alerts.until(second);
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
