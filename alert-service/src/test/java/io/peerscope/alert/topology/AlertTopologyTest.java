package io.peerscope.alert.topology;

import static io.peerscope.alert.Rules.CPU;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.alert.evaluation.EvaluationConfig;
import io.peerscope.alert.evaluation.EvaluationCounts;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Staleness;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.trace.Tracer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertTopologyTest {
    private static final String FIELD = "cpu_usage";

    @TempDir
    Path stateDir;

    private AlertsDriver alerts;

    @BeforeEach
    void start() {
        alerts = new AlertsDriver(stateDir, Stores::persistentKeyValueStore, 0);
    }

    @AfterEach
    void stop() {
        alerts.close();
    }

    @Test
    void itsShapeIsReviewed() throws IOException {
        String shape = new AlertTopology(
                        EvaluationConfig.defaults(),
                        new EvaluationCounts(),
                        new EvaluationLag(),
                        new PointsLog(),
                        partition -> 0,
                        Tracer.off())
                .get()
                .describe()
                .toString();
        assertThat(shape).doesNotContain("repartition");
        try (InputStream golden = AlertTopologyTest.class.getResourceAsStream("/alert-topology.txt")) {
            assertThat(golden).as("alert-topology.txt").isNotNull();
            assertThat(shape.strip())
                    .as("changing a name loses the state it holds")
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }

    @Test
    void anAlertRisesFiresWorsensAndResolves() {
        alerts.rule(CPU).host("h1", 0, FIELD, 85);
        assertThat(alerts.shown("cpu|h1|host|"))
                .returns(AlertStatus.PENDING, Alert::status)
                .returns("h1 CPU at 85 % (limit 80, warning)", Alert::summary);
        for (int second = 5; second <= 45; second += 5) {
            alerts.host("h1", second, FIELD, second < 15 ? 85 : 95);
        }
        alerts.host("h1", 50, FIELD, 10);
        assertThat(alerts.told())
                .containsExactly(
                        "h1 pending@0 warning",
                        "h1 firing@30 warning",
                        "h1 severity_changed@45 critical",
                        "h1 resolved@50 critical");
        assertThat(alerts.events())
                .extracting(e -> e.data().id())
                .containsOnly(alerts.events().getFirst().subject());
        assertThat(alerts.active()).isEmpty();
    }

    @Test
    void theClockFiresWithinASecondOfTheDurationsEnd() {
        alerts.rule(CPU).host("h1", 0, FIELD, 85).host("h1", 15, FIELD, 85);
        assertThat(alerts.until(30).told()).containsExactly("h1 pending@0 warning");
        assertThat(alerts.until(31).told()).containsExactly("h1 pending@0 warning", "h1 firing@30 warning");
        alerts.host("h1", 45, FIELD, 85).until(60);
        assertThat(alerts.told()).as("it is not told again").hasSize(2);
    }

    @Test
    void anEpisodeThatEndsBeforeItFiresIsDropped() {
        alerts.rule(CPU).host("h1", 0, FIELD, 85).host("h1", 5, FIELD, 70).until(60);
        assertThat(alerts.told()).containsExactly("h1 pending@0 warning", "h1 dropped@5 warning");
        assertThat(alerts.active()).isEmpty();
    }

    @Test
    void hostsAndLinksAreJudgedEachForItself() {
        alerts.rule(CPU).rule("'id':'lag','metric':'latency_ms','kind':'connection','warning':100");
        alerts.host("h1", 0, FIELD, 85).host("h2", 5, FIELD, 85).host("h1", 10, FIELD, 85);
        alerts.host("h2", 15, FIELD, 10).host("h1", 30, FIELD, 85);
        assertThat(alerts.told())
                .containsExactly(
                        "h1 pending@0 warning",
                        "h2 pending@5 warning",
                        "h2 dropped@15 warning",
                        "h1 firing@30 warning");
        alerts.send(
                "h3",
                List.of(
                        AlertsDriver.point(link("h1"), 30, "latency_ms", 150),
                        AlertsDriver.point(link("h2"), 30, "latency_ms", 50),
                        AlertsDriver.point(link("h4"), 30, "latency_ms", 250)),
                true);
        assertThat(alerts.active().keySet())
                .containsExactlyInAnyOrder("cpu|h1|host|", "lag|h3|connection|peer=h1", "lag|h3|connection|peer=h4");
        assertThat(alerts.shown("lag|h3|connection|peer=h1"))
                .returns(true, Alert::simulated)
                .returns(Map.of("peer", "h1"), a -> a.subject().labels());
        assertThat(alerts.shown("cpu|h1|host|")).returns(false, Alert::simulated);
    }

    @Test
    void pointsSeenBeforeOrLateChangeNothing() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80");
        alerts.host("h1", 0, FIELD, 85).host("h1", 5, FIELD, 70);
        alerts.late("h1", 0, FIELD, 85).late("h1", 5, FIELD, 85).late("h1", 3, FIELD, 85);
        assertThat(alerts.told()).containsExactly("h1 firing@0 warning", "h1 resolved@5 warning");
        assertThat(alerts.counts.lateTotal()).isEqualTo(3);
        alerts.late("h1", 3, "memory_usage", 1);
        assertThat(alerts.counts.lateTotal())
                .as("only fields that a rule looks at count")
                .isEqualTo(3);
    }

    @Test
    void pointsOfABatchMayComeInAnyOrder() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80,'duration':10")
                .until(20);
        Subject host = new Subject("h1", Subject.HOST, Labels.none());
        alerts.send(
                "h1",
                List.of(
                        AlertsDriver.point(host, 15, FIELD, 85),
                        AlertsDriver.point(host, 5, FIELD, 85),
                        AlertsDriver.point(host, 10, FIELD, 85)),
                false);
        assertThat(alerts.told()).containsExactly("h1 pending@5 warning", "h1 firing@15 warning");
    }

    @Test
    void oldDataNeverPage() {
        alerts.rule(CPU).until(7200);
        for (int second = 0; second <= 300; second += 5) {
            alerts.late("h1", second, FIELD, 95);
        }
        alerts.late("h1", 305, FIELD, 5).until(7300);
        assertThat(alerts.told()).isEmpty();
        assertThat(alerts.active()).isEmpty();
    }

    @Test
    void rulesChangeAndGoInMidEpisode() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80")
                .rule("'id':'hot','metric':'cpu_usage','warning':84");
        alerts.host("h1", 0, FIELD, 85).rule("'id':'cpu','version':2,'metric':'cpu_usage','warning':82");
        assertThat(alerts.shown("cpu|h1|host|")).returns(2L, Alert::ruleVersion);
        alerts.until(1)
                .ruleDeleted("hot")
                .rule("'id':'cpu','version':3,'metric':'cpu_usage','warning':82,'enabled':false");
        alerts.host("h1", 5, FIELD, 99);
        assertThat(alerts.told())
                .containsExactly(
                        "h1 firing@0 warning", "h1 firing@0 warning", "h1 resolved@1 warning", "h1 resolved@1 warning");
        assertThat(alerts.events())
                .extracting(e -> e.reason())
                .containsExactly(null, null, "rule_removed", "rule_removed");
        assertThat(alerts.active()).isEmpty();
    }

    @Test
    void commandsReachTheirAlertAndOthersAreCounted() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80").host("h1", 0, FIELD, 85);
        Alert alert = alerts.events().getFirst().data();
        alerts.until(2).command(AlertCommand.Action.ACKNOWLEDGE, alert);
        assertThat(alerts.shown(alert.key()).acknowledgedBy()).isEqualTo("ann");
        alerts.until(3).command(AlertCommand.Action.RESOLVE, alert).command(AlertCommand.Action.RESOLVE, alert);
        alerts.host("h1", 5, FIELD, 85);
        assertThat(alerts.active()).isEmpty();
        assertThat(alerts.events())
                .extracting(e -> e.transition())
                .containsExactly(AlertTransition.FIRING, AlertTransition.ACKNOWLEDGED, AlertTransition.RESOLVED);
        assertThat(alerts.counts.ignoredCommandsTotal()).isEqualTo(1);
    }

    /** Ingest lets none in; whoever writes to the topic himself must not spoil what ingest did. */
    @Test
    void aPointInTheFutureMakesNoTrueOneLate() {
        goOnAfterFailures();
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80");
        alerts.host("h1", 0, FIELD, 10).late("h1", 30, FIELD, 10).late("h1", 2, FIELD, 10);
        assertThat(alerts.deadLetters()).isEqualTo(2);
        alerts.late("h1", 1, FIELD, 85);
        assertThat(alerts.told()).as("a second is what ingest allows").containsExactly("h1 firing@1 warning");
        alerts.host("h1", 5, FIELD, 10);
        assertThat(alerts.told()).last().isEqualTo("h1 resolved@5 warning");
    }

    @Test
    void silenceIsAnAlertWhereARuleSaysSo() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80,'no_data':'alert','no_data_after':60");
        alerts.host("h1", 0, FIELD, 10)
                .host("h2", 0, FIELD, 10)
                .host("h2", 50, FIELD, 10)
                .until(59);
        assertThat(alerts.told()).isEmpty();
        assertThat(alerts.until(62).told()).containsExactly("h1 no_data@60 warning");
        assertThat(alerts.shown("cpu|h1|host|")).returns(AlertStatus.NO_DATA, Alert::status);
        alerts.host("h1", 65, FIELD, 10);
        assertThat(alerts.told()).last().isEqualTo("h1 resolved@65 warning");
    }

    @Test
    void aFieldThatEndsTakesItsAlertWithItAndWhatIsNoNumberChangesNothing() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80");
        alerts.host("h1", 0, FIELD, 85)
                .host("h1", 5, FIELD, Double.NaN)
                .host("h1", 10, FIELD, Double.NEGATIVE_INFINITY);
        assertThat(alerts.told()).containsExactly("h1 firing@0 warning");
        alerts.host("h1", 15, FIELD, Staleness.MARKER).late("h1", 12, FIELD, 85);
        assertThat(alerts.told()).containsExactly("h1 firing@0 warning", "h1 resolved@15 warning");
        alerts.host("h1", 20, FIELD, Double.POSITIVE_INFINITY).host("h1", 25, FIELD, 85);
        assertThat(alerts.told()).last().isEqualTo("h1 firing@25 warning");
    }

    @Test
    void aJumpOfTheServersClockMakesNobodySilent() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80,'no_data':'alert','no_data_after':60");
        alerts.host("h1", 0, FIELD, 10).jump(600).host("h1", 605, FIELD, 10).until(630);
        assertThat(alerts.told()).isEmpty();
    }

    @Test
    void theShownValueOfALastingAlertIsRenewed() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80");
        for (int second = 0; second <= 60; second += 5) {
            alerts.host("h1", second, FIELD, 85 + second / 10.0);
        }
        assertThat(alerts.told()).hasSize(1);
        assertThat(alerts.shown("cpu|h1|host|").value()).isBetween(88.0, 91.0);
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersAndTheRestGoesOn() {
        goOnAfterFailures();
        byte[] garbage = {1, 2, 3};
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80")
                .raw(Topic.METRICS_POINTS, "h1", garbage)
                .raw(Topic.METRICS_POINTS, "h1", null)
                .raw(Topic.METRICS_POINTS, "h2", batchOf("h1"))
                .raw(Topic.METRICS_POINTS, null, batchOf("h1"))
                .raw(Topic.ALERTS_RULES, "cpu", garbage)
                .raw(Topic.ALERTS_RULES, "cpu", "{\"id\":\"cpu\"}".getBytes(StandardCharsets.UTF_8))
                .raw(Topic.ALERTS_SILENCES, "s1", "{\"id\":\"s1\"}".getBytes(StandardCharsets.UTF_8))
                .raw(Topic.ALERTS_COMMANDS, "h1", garbage)
                .host("h1", 0, FIELD, 85);
        assertThat(alerts.told())
                .as("the last rule that could be read is in force")
                .containsExactly("h1 firing@0 warning");
        assertThat(alerts.deadLetters()).isEqualTo(8);
    }

    private void goOnAfterFailures() {
        alerts.close();
        alerts = new AlertsDriver(
                stateDir,
                Stores::persistentKeyValueStore,
                new PointsLog(),
                0,
                LogAndContinueProcessingExceptionHandler.class);
    }

    private static byte[] batchOf(String host) {
        return PointBatchCodec.encode(new PointBatch(host, "", 0, 1, "r", 0, false, List.of()));
    }

    private static Subject link(String peer) {
        return new Subject("h3", Subject.CONNECTION, Labels.of("peer", peer));
    }

    @Test
    void aSilenceIsNotedWhileItHolds() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80")
                .host("h1", 0, FIELD, 85)
                .host("g1", 0, FIELD, 85);
        alerts.silence("s1", "h*", 10, 20).until(9);
        assertThat(alerts.shown("cpu|h1|host|").silencedBy()).isNull();
        alerts.until(12);
        assertThat(alerts.shown("cpu|h1|host|").silencedBy()).isEqualTo("s1");
        assertThat(alerts.shown("cpu|g1|host|").silencedBy()).isNull();
        alerts.host("h2", 15, FIELD, 85).until(22);
        assertThat(alerts.shown("cpu|h1|host|").silencedBy()).isNull();
        assertThat(alerts.told().stream().map(told -> told.replaceAll("@.*", "")))
                .containsExactly(
                        "h1 firing", "g1 firing", "h1 silenced", "h2 firing", "h1 unsilenced", "h2 unsilenced");
        assertThat(alerts.events().get(3).data().silencedBy()).isEqualTo("s1");
    }

    @Test
    void aSilenceThatIsRemovedCoversNothing() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80").silence("s1", "*", 0, 1_000);
        alerts.host("h1", 1, FIELD, 85).silenceDeleted("s1");
        assertThat(alerts.told()).containsExactly("h1 firing@1 warning", "h1 unsilenced@1 warning");
    }
}
