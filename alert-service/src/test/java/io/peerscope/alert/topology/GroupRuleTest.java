package io.peerscope.alert.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Subject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules over many subjects: one alert for a network of links that goes bad together. */
class GroupRuleTest {
    private static final String RELAYED = "'id':'relayed','kind':'connection','group':{'of':'share',"
            + "'when':{'state':'connection_type','is':'relay'},'min_subjects':20},'warning':0.3,"
            + "'summary':'{{percent}} % of the links of {{host}} are relayed'";

    @TempDir
    private Path stateDir;

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

    /** Every five seconds, from one second until before another: so many links, so many of them relayed. */
    private void links(long from, long until, int links, int relayed) {
        for (long second = from; second < until; second += 5) {
            alerts.until(second);
            for (int i = 0; i < links; i++) {
                link(i, second, i < relayed ? "relay" : "direct");
            }
        }
        alerts.until(until);
    }

    private void link(int number, long second, String type) {
        link(number, second, second, type);
    }

    private void link(int number, long second, long receivedAt, String type) {
        String host = "h" + number;
        Subject subject = new Subject(
                host, Subject.CONNECTION, Labels.of(Map.of("peer", "p", "region", number % 2 == 0 ? "eu" : "us")));
        long at = AlertsDriver.time(second).toEpochMilli();
        alerts.receivedAt(
                receivedAt,
                host,
                List.of(Point.of(subject, at, Map.of("latency_ms", 20.0 + number), Map.of("connection_type", type))),
                false);
    }

    @Test
    void oneAlertForAllWhenTheShareIsAboveTheLimit() {
        alerts.rule(RELAYED);
        links(0, 30, 100, 30);
        assertThat(alerts.told()).as("0.3 is not above 0.3").isEmpty();
        links(30, 60, 100, 31);
        assertThat(alerts.told()).containsExactly("* firing@30 warning");
        Alert alert = alerts.events().getFirst().data();
        assertThat(alert.value()).isEqualTo(0.31);
        assertThat(alert.summary()).isEqualTo("31 % of the links of all hosts are relayed");
        assertThat(alert.subject().kind()).isEqualTo("connection");
        assertThat(alert.subject().labels()).isEmpty();
        assertThat(alert.metric()).isEqualTo("share(connection_type)");
        links(60, 75, 100, 10);
        assertThat(alerts.told()).containsExactly("* firing@30 warning", "* resolved@60 warning");
        assertThat(alerts.events().getLast().data().summary())
                .isEqualTo("31 % of the links of all hosts are relayed; back to 10 % after 0.5 minutes");
        assertThat(alerts.active()).isEmpty();
    }

    @Test
    void ofFewSubjectsNothingIsSaid() {
        alerts.rule(RELAYED);
        links(0, 60, 19, 19);
        assertThat(alerts.told()).isEmpty();
        links(60, 90, 20, 19);
        assertThat(alerts.told()).containsExactly("* firing@60 warning");
        links(90, 150, 19, 19);
        assertThat(alerts.told())
                .as("one link has been silent for three of its intervals and more")
                .containsExactly("* firing@60 warning", "* resolved@106 warning");
    }

    @Test
    void whoFallsSilentLeavesTheCount() {
        alerts.rule("'id':'relayed','kind':'connection','group':{'when':{'state':'connection_type','is':'relay'}},"
                + "'warning':0.4");
        links(0, 30, 10, 3);
        for (long second = 30; second < 90; second += 5) {
            alerts.until(second);
            for (int i = 0; i < 6; i++) {
                link(i, second, i < 3 ? "relay" : "direct");
            }
        }
        assertThat(alerts.told()).containsExactly("* firing@46 warning");
    }

    @Test
    void groupsByLabelAreAlertsOfTheirOwn() {
        alerts.rule("'id':'slow','kind':'connection','group':{'of':'count','when':{'metric':'latency_ms','limit':60},"
                + "'by':'region'},'warning':22,'critical':27");
        links(0, 30, 80, 0);
        assertThat(alerts.told()).as("19 of eu are above 60, 20 of us").isEmpty();
        links(30, 60, 90, 0);
        assertThat(alerts.active().keySet())
                .containsExactlyInAnyOrder("slow|*|connection|region=eu", "slow|*|connection|region=us");
        assertThat(alerts.shown("slow|*|connection|region=us").value()).isEqualTo(25);
        assertThat(alerts.shown("slow|*|connection|region=eu").severity().word())
                .isEqualTo("warning");
    }

    @Test
    void groupsOfAHostAreOnThatHost() {
        alerts.rule("'id':'mine','kind':'connection','group':{'when':{'state':'connection_type','is':'relay'},"
                + "'by':['host']},'warning':0.5");
        links(0, 30, 3, 1);
        assertThat(alerts.told()).containsExactly("h0 firing@10 warning");
        assertThat(alerts.active().keySet()).containsExactly("mine|h0|connection|");
    }

    @Test
    void aLinkThatGoesAnotherWayIsStillOneLink() {
        alerts.rule("'id':'relayed','kind':'connection','group':{'of':'count','when':{'label':'path','is':'relay'}},"
                + "'operator':'>=','warning':2");
        for (long second = 0; second < 60; second += 5) {
            alerts.until(second);
            for (int i = 0; i < 4; i++) {
                String path = second >= 30 && i < 2 ? "relay" : "direct";
                Subject subject =
                        new Subject("h" + i, Subject.CONNECTION, Labels.of(Map.of("peer", "p", "path", path)));
                alerts.send("h" + i, List.of(AlertsDriver.point(subject, second, "latency_ms", 10)), false);
            }
        }
        assertThat(alerts.told()).containsExactly("* firing@30 warning");
    }

    @Test
    void peopleActOnItLikeOnAnyAlert() {
        alerts.rule(RELAYED);
        links(0, 30, 40, 30);
        Alert alert = alerts.shown("relayed|*|connection|");
        alerts.command(AlertCommand.Action.ACKNOWLEDGE, alert);
        assertThat(alerts.shown("relayed|*|connection|").acknowledgedBy()).isEqualTo("ann");
        alerts.ruleDeleted("relayed");
        assertThat(alerts.told())
                .containsExactly("* firing@10 warning", "* acknowledged@30 warning", "* resolved@30 warning");
        assertThat(stores.size(AlertTopology.EPISODES_STORE)).isZero();
    }

    @Test
    void aRestartNeitherForgetsNorCountsTwice() {
        alerts.rule("'id':'relayed','kind':'connection','group':{'of':'count','when':{'state':'connection_type',"
                + "'is':'relay'}},'warning':30,'critical':60,'duration':40");
        links(0, 30, 100, 40);
        alerts.close();
        alerts = new AlertsDriver(stateDir, stores, log, 33);
        links(35, 80, 100, 40);
        assertThat(alerts.told()).containsExactly("* firing@50 warning");
        links(80, 100, 100, 20);
        assertThat(alerts.told()).containsExactly("* firing@50 warning", "* resolved@80 warning");
    }

    /** Seconds whose samples wait to be read are not counted as if nothing had been said in them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4})
    void whatIsWaitingIsReadBeforeItsSecondsAreCounted(int ticksInBetween) {
        alerts.rule("'id':'relayed','kind':'connection','group':{'of':'count','when':{'state':'connection_type',"
                + "'is':'relay'}},'operator':'>=','warning':2,'duration':4");
        for (long second = 0; second <= 30; second++) {
            alerts.until(second);
            link(1, second, second, second < 28 ? "direct" : "relay");
            link(2, second, second, second < 28 ? "direct" : "relay");
        }
        alerts.somethingWaits(true).jump(4).ticks(4);
        for (long waiting = 31; waiting <= 34; waiting++) {
            link(1, waiting, waiting, "direct");
            alerts.ticks(ticksInBetween);
            link(2, waiting, waiting, "direct");
        }
        alerts.somethingWaits(false).until(40);
        assertThat(alerts.told()).containsExactly("* pending@28 warning", "* dropped@31 warning");
    }

    @Test
    void anEditedRuleGoesOn() {
        alerts.rule(RELAYED);
        links(0, 30, 100, 50);
        alerts.rule(RELAYED.replace("'warning':0.3", "'version':2,'warning':0.2"));
        links(30, 60, 100, 50);
        assertThat(alerts.told()).containsExactly("* firing@10 warning");
        assertThat(alerts.shown("relayed|*|connection|").ruleVersion()).isEqualTo(2);
        alerts.rule(RELAYED.replace("'warning':0.3", "'version':3,'warning':0.6"));
        assertThat(alerts.told()).containsExactly("* firing@10 warning", "* resolved@60 warning");
    }
}
