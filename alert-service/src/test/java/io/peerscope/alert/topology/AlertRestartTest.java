package io.peerscope.alert.topology;

import static io.peerscope.alert.Rules.CPU;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.AlertCommand;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service stops and another takes up its stores; what hosts sent meanwhile comes as a backlog. */
class AlertRestartTest {
    private static final String FIELD = "cpu_usage";

    @TempDir
    Path stateDir;

    private final RetainedStores stores = new RetainedStores();
    private final PointsLog log = new PointsLog();
    private AlertsDriver alerts;

    @BeforeEach
    void start() {
        alerts = new AlertsDriver(stateDir, stores, log, 0);
    }

    @AfterEach
    void stop() {
        alerts.close();
    }

    private void restartAt(long second) {
        alerts.close();
        alerts = new AlertsDriver(stateDir, stores, log, second);
    }

    @Test
    void aPendingAlertGoesOnFromWhereItBegan() {
        alerts.rule(CPU).host("h1", 0, FIELD, 85).host("h1", 25, FIELD, 85);
        restartAt(27);
        assertThat(alerts.host("h1", 29, FIELD, 85).told()).isEmpty();
        assertThat(alerts.until(31).told()).containsExactly("h1 firing@30 warning");
    }

    @Test
    void theEvaluatorsDowntimeNeitherFiresNorSpares() {
        alerts.rule(CPU)
                .host("h1", 0, FIELD, 85)
                .host("h2", 0, FIELD, 85)
                .host("h1", 25, FIELD, 85)
                .host("h2", 25, FIELD, 85);
        restartAt(600);
        alerts.somethingWaits(true).until(660);
        assertThat(alerts.told()).as("the clock waits for the backlog").isEmpty();
        alerts.late("h1", 29, FIELD, 70)
                .late("h2", 29, FIELD, 85)
                .late("h2", 34, FIELD, 70)
                .late("h1", 34, FIELD, 70);
        assertThat(alerts.told())
                .containsExactly("h1 dropped@29 warning", "h2 firing@30 warning", "h2 resolved@34 warning");
    }

    /** For some seconds, as by a pause of the JVM: what came meanwhile is read before the clock decides. */
    @Test
    void aProcessThatStoodStillReadsFirst() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80,'duration':4");
        alerts.host("h1", 28, FIELD, 85).host("h1", 29, FIELD, 85).host("h1", 30, FIELD, 85);
        alerts.somethingWaits(true).jump(4).ticks(4);
        alerts.waiting("h1", 31, FIELD, 10).ticks(1);
        assertThat(alerts.told()).containsExactly("h1 pending@28 warning", "h1 dropped@31 warning");
    }

    @Test
    void aFiringAlertIsNeitherToldAgainNorForgotten() {
        alerts.rule(CPU, "'flapping':false").host("h1", 0, FIELD, 85).host("h1", 30, FIELD, 85);
        String id = alerts.events().getLast().data().id();
        restartAt(33);
        alerts.late("h1", 0, FIELD, 85).late("h1", 30, FIELD, 85).host("h1", 35, FIELD, 85);
        assertThat(alerts.told()).isEmpty();
        alerts.host("h1", 40, FIELD, 10);
        assertThat(alerts.told()).containsExactly("h1 resolved@40 warning");
        assertThat(alerts.events().getFirst().id()).isEqualTo(id + "/3");
        assertThat(stores.size(AlertTopology.EPISODES_STORE)).isZero();
    }

    @Test
    void keepingOnFiringIsNotStartedAnew() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80,'keep_firing_for':60");
        alerts.host("h1", 0, FIELD, 85).host("h1", 5, FIELD, 10);
        restartAt(50);
        alerts.host("h1", 55, FIELD, 10);
        assertThat(alerts.until(66).told()).containsExactly("h1 resolved@65 warning");
    }

    @Test
    void aReplayOfWhatHasEndedRaisesNothing() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80")
                .host("h1", 0, FIELD, 85)
                .host("h1", 5, FIELD, 10);
        restartAt(7);
        alerts.late("h1", 0, FIELD, 85).late("h1", 5, FIELD, 85);
        assertThat(alerts.told()).isEmpty();
    }

    @Test
    void whatWasClosedByHandStaysClosed() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80").host("h1", 0, FIELD, 85);
        alerts.command(AlertCommand.Action.RESOLVE, alerts.events().getFirst().data());
        restartAt(3);
        assertThat(alerts.host("h1", 5, FIELD, 85).told()).isEmpty();
    }

    @Test
    void aRestartMakesNobodySilent() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80,'no_data':'alert','no_data_after':60");
        alerts.host("h1", 0, FIELD, 10);
        restartAt(600);
        assertThat(alerts.until(655).told()).isEmpty();
        assertThat(alerts.until(665).told()).containsExactly("h1 no_data@60 warning");
    }

    @Test
    void windowsAreAsFullAsBefore() {
        alerts.rule("'id':'avg','metric':'cpu_usage','over':'1m','aggregate':'avg','warning':50");
        alerts.host("h1", 0, FIELD, 10).host("h1", 20, FIELD, 10).host("h1", 40, FIELD, 10);
        restartAt(50);
        alerts.host("h1", 55, FIELD, 99);
        assertThat(alerts.told()).as("(10 + 10 + 10 + 99) / 4 is no trouble").isEmpty();
        restartAt(60);
        alerts.host("h1", 85, FIELD, 99);
        assertThat(alerts.events()).singleElement().satisfies(event -> assertThat(
                        event.data().value())
                .as("the sample of 20 s has left the window, those before the restart have not")
                .isEqualTo((10 + 99 + 99) / 3.0));
    }

    @Test
    void silencesOutliveARestartAndEndDuringOne() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80").silence("s1", "h1", 0, 60);
        alerts.host("h1", 5, FIELD, 85);
        restartAt(10);
        alerts.host("h1", 15, FIELD, 85);
        assertThat(alerts.told()).isEmpty();
        restartAt(100);
        assertThat(alerts.until(102).told()).containsExactly("h1 unsilenced@101 warning");
    }

    @Test
    void howOftenItCameOnOutlivesARestart() {
        alerts.rule("'id':'cpu','metric':'cpu_usage','warning':80,'flapping':{'times':1,'calm_for':30}");
        alerts.host("h1", 0, FIELD, 85).host("h1", 5, FIELD, 10);
        restartAt(7);
        alerts.late("h1", 0, FIELD, 85).late("h1", 5, FIELD, 85).host("h1", 10, FIELD, 85);
        assertThat(alerts.told()).containsExactly("h1 firing@10 warning", "h1 flapping@10 warning");
        alerts.host("h1", 12, FIELD, 10);
        restartAt(600);
        alerts.somethingWaits(true).until(660);
        assertThat(alerts.told()).as("the clock waits for the backlog").isEmpty();
        alerts.late("h1", 40, FIELD, 10);
        alerts.late("h1", 45, FIELD, 10);
        assertThat(alerts.told()).containsExactly("h1 steady@42 warning");
        assertThat(stores.size(AlertTopology.EPISODES_STORE)).isZero();
    }
}
