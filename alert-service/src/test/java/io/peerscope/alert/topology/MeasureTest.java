package io.peerscope.alert.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Subject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that hold something else than a field's newest value against their limits. */
class MeasureTest {
    private static final String FIELD = "cpu_usage";
    private static final Subject HOST = new Subject("h1", Subject.HOST, Labels.none());

    @TempDir
    private Path stateDir;

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
    void anAverageForgivesASpike() {
        alerts.rule("'id':'avg','metric':'cpu_usage','over':'1m','aggregate':'avg','warning':50");
        for (int second = 0; second < 40; second += 10) {
            alerts.host("h1", second, FIELD, 10);
        }
        alerts.host("h1", 40, FIELD, 99).host("h1", 50, FIELD, 99);
        assertThat(alerts.told()).isEmpty();
        alerts.host("h1", 60, FIELD, 99).host("h1", 70, FIELD, 99);
        assertThat(alerts.told()).containsExactly("h1 firing@60 warning");
        alerts.host("h1", 80, FIELD, 10).host("h1", 90, FIELD, 10).host("h1", 100, FIELD, 10);
        assertThat(alerts.told()).hasSize(1);
        alerts.host("h1", 110, FIELD, 10).host("h1", 120, FIELD, 10);
        assertThat(alerts.told()).last().isEqualTo("h1 resolved@110 warning");
    }

    @Test
    void percentilesAreOfEachSubject() {
        alerts.rule(
                "'id':'slow','metric':'latency_ms','kind':'connection','over':'5m','aggregate':'p95','warning':100");
        for (int second = 0; second < 100; second += 5) {
            alerts.until(second)
                    .send("h1", List.of(link("h2", second, second < 90 ? 40 : 300), link("h3", second, 40)), false);
        }
        assertThat(alerts.events())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.data().subject().labels()).containsEntry("peer", "h2"));
    }

    private static Point link(String peer, long second, double latency) {
        return AlertsDriver.point(
                new Subject("h1", Subject.CONNECTION, Labels.of(Map.of("peer", peer))), second, "latency_ms", latency);
    }

    @Test
    void aShareIsOfWhatGrewInTheWindow() {
        alerts.rule(
                "'id':'f','ratio':{'of':'connection_failures','to':'connection_attempts'},'over':'1m','critical':0.5");
        connections(0, 1000, 5000);
        connections(10, 1001, 5010);
        assertThat(alerts.told()).as("1 of 10; the totals are old stories").isEmpty();
        connections(20, 1010, 5020);
        assertThat(alerts.told()).as("10 of 20 is not above one half").isEmpty();
        connections(30, 1019, 5030);
        assertThat(alerts.told()).containsExactly("h1 firing@30 critical");
        assertThat(alerts.events().getLast().data().value()).isEqualTo(19.0 / 30);
        connections(100, 1019, 5130);
        assertThat(alerts.told()).last().isEqualTo("h1 resolved@100 critical");
    }

    @Test
    void aShareOfNothingSaysNothing() {
        alerts.rule(
                "'id':'f','ratio':{'of':'connection_failures','to':'connection_attempts'},'over':'1m','critical':0.5");
        connections(0, 10, 10);
        connections(10, 10, 10);
        assertThat(alerts.told()).isEmpty();
    }

    private void connections(long second, double failures, double attempts) {
        alerts.until(second)
                .send(
                        "h1",
                        List.of(Point.of(
                                HOST,
                                AlertsDriver.time(second).toEpochMilli(),
                                Map.of("connection_failures", failures, "connection_attempts", attempts))),
                        false);
    }

    @Test
    void absenceBeginsWhenItCounts() {
        alerts.rule("'id':'mute','metric':'cpu_usage','over':'30s','aggregate':'absent','operator':'>=','critical':1,"
                + "'duration':60");
        alerts.host("h1", 0, FIELD, 10).host("h1", 5, FIELD, 10).until(34);
        assertThat(alerts.told()).isEmpty();
        alerts.until(40);
        assertThat(alerts.told()).containsExactly("h1 pending@35 critical");
        alerts.until(100);
        assertThat(alerts.told()).last().isEqualTo("h1 firing@95 critical");
        alerts.until(2_000);
        assertThat(alerts.told()).as("it goes on however long it lasts").hasSize(2);
        alerts.host("h1", 2_000, FIELD, 10);
        assertThat(alerts.told()).last().isEqualTo("h1 resolved@2000 critical");
    }

    @Test
    void flappingIsCounted() {
        alerts.rule("'id':'flap','metric':'circuit_breaker_state','over':'1m','aggregate':'changes','warning':3");
        for (int i = 0; i < 5; i++) {
            alerts.host("h1", i * 5L, "circuit_breaker_state", i % 2);
        }
        assertThat(alerts.told()).containsExactly("h1 firing@20 warning");
    }

    @Test
    void aRuleThatMeasuresSomethingElseEndsItsAlerts() {
        alerts.rule("'id':'r','metric':'cpu_usage','over':'1m','aggregate':'max','warning':50");
        alerts.host("h1", 0, FIELD, 99);
        alerts.rule("'id':'r','metric':'cpu_usage','over':'1m','aggregate':'min','warning':50,'version':2");
        assertThat(alerts.events()).last().satisfies(event -> {
            assertThat(event.transition().word()).isEqualTo("resolved");
            assertThat(event.reason()).isEqualTo("rule_changed");
        });
    }
}
