package io.peerscope.alert.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.alert.Rules;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.alert.Detection;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.rule.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that detect, live: what is expected comes from a topic, and the alert says it. */
class DetectTest {
    private static final Rule UNUSUAL = Rules.rule("'id':'odd','metric':'cpu_usage','detect':'anomaly','over':'1m',"
            + "'warning':4,'critical':8,'summary':'{{host}}: {{explanation}} (limit {{threshold}})'");
    private static final Rule FULL = Rules.rule("'id':'full','metric':'disk_usage','detect':'forecast','over':'1m',"
            + "'within':'48h','warning':95,'summary':'Disk of {{host}} {{explanation}}'");

    private static final int DAY = 86_400;

    @TempDir
    private Path stateDir;

    private RetainedStores stores = new RetainedStores();
    private AlertsDriver alerts;
    private long second;

    @BeforeEach
    void start() {
        alerts = new AlertsDriver(stateDir, stores, 0);
    }

    @AfterEach
    void stop() {
        alerts.close();
    }

    @Test
    void anAnomalySaysWhatWasExpected() {
        alerts.rule(UNUSUAL).expectation(Foretold.usual(UNUSUAL, "h1", 40, 5));
        send("cpu_usage", 45, 120);
        assertThat(alerts.told()).isEmpty();

        send("cpu_usage", 93, 120);
        Alert alert = alerts.shown("odd|h1|host|");
        assertThat(alert.severity().word()).isEqualTo("critical");
        assertThat(alert.value()).isEqualTo(93);
        assertThat(alert.threshold()).isEqualTo(80);
        assertThat(alert.detection())
                .isEqualTo(new Detection(
                        "anomaly", 40, 20.0, 60.0, 10.6, null, null, null, null, 28, "expected 20 to 60, got 93"));

        send("cpu_usage", 41, 120);
        assertThat(alerts.events().getLast().transition().word()).isEqualTo("resolved");
        assertThat(alerts.events().getLast().data().summary())
                .startsWith("h1: expected 20 to 60, got ")
                .contains("; back to ");
    }

    @Test
    void aForecastSaysWhenTheLimitIsReached() {
        alerts.rule(FULL).expectation(Foretold.heading(FULL, "h1", 70, 96, 1.2, Duration.ofHours(31)));
        send("disk_usage", 70, 120);
        Alert alert = alerts.shown("full|h1|host|");
        assertThat(alert.value()).isEqualTo(70);
        assertThat(alert.threshold()).isEqualTo(95);
        assertThat(alert.summary()).isEqualTo("Disk of h1 reaches 95 in 31 h at +1.2 an hour");
        Detection detection = Objects.requireNonNull(alert.detection());
        assertThat(detection.reachesAt()).isEqualTo(AlertsDriver.time(31 * 3_600));

        // somebody cleans up: better than expected by more than noise
        send("disk_usage", 50, 120);
        assertThat(alerts.events().getLast().transition().word()).isEqualTo("resolved");
        assertThat(alerts.active()).isEmpty();
    }

    @Test
    void aWildValueOnTheGoodSideEndsNothingButTheAlert() {
        Rule wide = Rules.rule("'id':'wide','metric':'my_gauge','detect':'forecast','over':'1m','within':'48h',"
                + "'warning':95,'summary':'{{explanation}}'");
        alerts.rule(wide).expectation(Foretold.heading(wide, "h1", 70, 96, 1.2, Duration.ofHours(31)));
        send("my_gauge", 70, 120);
        assertThat(alerts.active()).isNotEmpty();
        send("my_gauge", -1e300, 120);
        assertThat(alerts.events().getLast().transition().word()).isEqualTo("resolved");
        Detection detection =
                Objects.requireNonNull(alerts.events().getLast().data().detection());
        assertThat(detection.reachesAt()).isNull();
        assertThat(detection.explanation()).isEqualTo("does not reach 95 in 48 h");
    }

    @Test
    void whatIsFullAlreadyIsSaidSo() {
        alerts.rule(FULL).expectation(Foretold.heading(FULL, "h1", 96, 99, 1.2, Duration.ofHours(-2)));
        send("disk_usage", 96, 10);
        assertThat(alerts.shown("full|h1|host|").summary()).isEqualTo("Disk of h1 has reached 95");
    }

    @Test
    void nothingIsJudgedBeforeAnythingIsExpected() {
        alerts.rule(UNUSUAL).rule(FULL);
        send("cpu_usage", 99, 300);
        send("disk_usage", 99, 300);
        assertThat(alerts.told()).isEmpty();
    }

    /** A rule that asks something else is not answered with what was expected for the former one. */
    @Test
    void aChangedRuleWaitsForExpectationsOfItsOwn() {
        alerts.rule(UNUSUAL).expectation(Foretold.usual(UNUSUAL, "h1", 40, 5));
        Rule daily = Rules.rule("'id':'odd','metric':'cpu_usage','detect':'anomaly','over':'1m','season':'day',"
                + "'warning':4,'version':2");
        alerts.rule(daily);
        send("cpu_usage", 93, 120);
        assertThat(alerts.told()).isEmpty();

        alerts.expectation(Foretold.usual(daily, "h1", 40, 5));
        send("cpu_usage", 93, 10);
        assertThat(alerts.active()).containsKey("odd|h1|host|");
    }

    /** Other limits are no other question. */
    @Test
    void anAnomalyWithOtherLimitsGoesOn() {
        alerts.rule(UNUSUAL).expectation(Foretold.usual(UNUSUAL, "h1", 40, 5));
        alerts.rule("'id':'odd','metric':'cpu_usage','detect':'anomaly','over':'1m','warning':20,'version':2");
        send("cpu_usage", 93, 120);
        assertThat(alerts.told()).isEmpty();
        alerts.rule("'id':'odd','metric':'cpu_usage','detect':'anomaly','over':'1m','warning':5,'version':3");
        send("cpu_usage", 93, 10);
        assertThat(alerts.active()).containsKey("odd|h1|host|");
    }

    /** Which one holds is decided by event time, and survives a restart. */
    @Test
    void theNextExpectationTakesOverWhenItsTimeComes() {
        Instant later = AlertsDriver.time(300);
        alerts.rule(UNUSUAL).expectation(Foretold.usual(UNUSUAL, "h1", 40, 5));
        Expectation.Course higher = Foretold.usual(UNUSUAL, "h1", 90, 5).course();
        alerts.expectation(Foretold.expectation(UNUSUAL, "h1", later, higher));
        send("cpu_usage", 40, 100);
        alerts.close();
        alerts = new AlertsDriver(stateDir, stores, second);
        send("cpu_usage", 41, 150);
        assertThat(alerts.told()).isEmpty();
        second = 400;
        send("cpu_usage", 92, 120);
        assertThat(alerts.told()).isEmpty();
        send("cpu_usage", 40, 60);
        assertThat(alerts.active()).containsKey("odd|h1|host|");
    }

    /** The last one holds for a day; an hour later nobody knows any more whether it is still so. */
    @Test
    void anAlertOfWhichNothingIsExpectedAnyMoreEnds() {
        alerts.rule(UNUSUAL).expectation(Foretold.usual(UNUSUAL, "h1", 40, 5));
        second = DAY - 300;
        alerts.jump(second);
        send("cpu_usage", 93, 300 + 3_590);
        assertThat(alerts.shown("odd|h1|host|").status()).isEqualTo(AlertStatus.FIRING);

        send("cpu_usage", 93, 60);
        assertThat(alerts.events().getLast().transition()).isEqualTo(AlertTransition.RESOLVED);
        assertThat(alerts.events().getLast().reason()).isEqualTo("nothing_expected");
        assertThat(alerts.active()).isEmpty();
    }

    @Test
    void expectationsOfADeletedRuleAreForgotten() {
        alerts.rule(UNUSUAL).expectation(Foretold.usual(UNUSUAL, "h1", 40, 5));
        alerts.ruleDeleted("odd").rule(UNUSUAL);
        send("cpu_usage", 93, 120);
        assertThat(alerts.told()).isEmpty();
    }

    private void send(String field, double value, int seconds) {
        for (long end = second + seconds; second < end; second += 5) {
            alerts.host("h1", second, field, value);
        }
    }
}
