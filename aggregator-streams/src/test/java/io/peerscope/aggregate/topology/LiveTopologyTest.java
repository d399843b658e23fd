package io.peerscope.aggregate.topology;

import static io.peerscope.aggregate.Sent.T0;
import static io.peerscope.aggregate.Sent.cpu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.peerscope.aggregate.Sent;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.NetworkLive;
import io.peerscope.contracts.live.PeerTraffic;
import io.peerscope.contracts.setting.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTopologyTest {
    @TempDir
    private Path state;

    private void report(AggregatorDriver driver, String host, int times) {
        for (int i = 0; i < times; i++) {
            driver.send(host, cpu(host, driver.now(), 10));
            driver.passSeconds(5);
        }
    }

    @Test
    void aHostIsShownAtOnceAndThenOnceASecondAtMost() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            driver.send("a", cpu("a", T0, 1));
            driver.send("a", cpu("a", T0 + 1, 2));
            driver.send("a", cpu("a", T0 + 2, 3));
            assertThat(driver.hosts()).singleElement().satisfies(host -> {
                assertThat(host.status()).isEqualTo(HostStatus.UP);
                assertThat(host.fields()).isEqualTo(Map.of("cpu_usage", 1.0));
            });
            driver.passSeconds(1);
            assertThat(driver.hosts()).singleElement().satisfies(host -> assertThat(host.fields())
                    .isEqualTo(Map.of("cpu_usage", 3.0)));
            driver.passSeconds(3);
            assertThat(driver.hosts()).isEmpty();
        }
    }

    @Test
    void anOlderPointNeverOverwritesANewerOne() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            driver.send("a", Sent.host("a", T0, Map.of("cpu_usage", 50.0)));
            driver.passSeconds(2);
            driver.send("a", Sent.host("a", T0 - 3_600_000, Map.of("cpu_usage", 1.0, "load1", 7.0)));
            assertThat(driver.hosts().getLast().fields()).isEqualTo(Map.of("cpu_usage", 50.0, "load1", 7.0));
        }
    }

    @Test
    void aHostIsSilentAfterThreeOfItsIntervalsAndComesBack() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            report(driver, "a", 6);
            driver.hosts();
            driver.passSeconds(14);
            assertThat(driver.hosts()).isEmpty();
            driver.passSeconds(3);
            assertThat(driver.hosts()).extracting(HostLive::status).containsExactly(HostStatus.SILENT);
            driver.passSeconds(60);
            assertThat(driver.hosts()).as("told once").isEmpty();
            driver.send("a", cpu("a", driver.now(), 10));
            assertThat(driver.hosts()).extracting(HostLive::status).containsExactly(HostStatus.UP);
        }
    }

    @Test
    void settingsTakeEffectWhileItRuns() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            report(driver, "a", 6);
            driver.hosts();
            driver.change(AggregatorDriver.LIVE.with(Map.of(Setting.SILENCE_FACTOR, 10.0, Setting.SILENCE_GRACE, 0.0)));
            driver.passSeconds(45);
            assertThat(driver.hosts()).isEmpty();
            driver.passSeconds(10);
            assertThat(driver.hosts()).extracting(HostLive::status).containsExactly(HostStatus.SILENT);
            driver.change(AggregatorDriver.LIVE.with(Map.of(Setting.LEFT_AFTER, 2.0 / 60)));
            driver.passSeconds(70);
            assertThat(driver.hosts()).extracting(HostLive::status).containsExactly(HostStatus.LEFT);
        }
    }

    @Test
    void aRestartGivesEveryHostItsFullTermAndForgetsNoSilence() {
        AggregatorDriver driver = new AggregatorDriver(state.resolve("before"), T0);
        try {
            report(driver, "gone", 4);
            driver.passSeconds(40);
            report(driver, "a", 4);
            driver.passSeconds(13);
            driver.hosts();
            driver = driver.restarted(state.resolve("after"));
            driver.passSeconds(19);
            assertThat(driver.hosts()).as("no storm").isEmpty();
            driver.passSeconds(3);
            assertThat(driver.hosts()).singleElement().satisfies(host -> {
                assertThat(host.host()).isEqualTo("a");
                assertThat(host.status()).isEqualTo(HostStatus.SILENT);
                assertThat(host.fields()).isEqualTo(Map.of("cpu_usage", 10.0));
            });
        } finally {
            driver.close();
        }
    }

    /** 1000 bytes a second out, 200 in; the counter starts again, a record comes late, and the process starts anew. */
    @Test
    void trafficOfAPeerRollsOverAMinuteAndOverARestart() {
        AggregatorDriver driver = new AggregatorDriver(state.resolve("before"), T0);
        for (int second = 0; second <= 90; second += 5) {
            double sent = 1000.0 * (second < 40 ? 7000 + second : second - 40);
            if (second != 50) {
                driver.send("a", Sent.bytes("a", "b", T0 + second * 1000L, sent, 200.0 * second));
            }
            if (second == 60) {
                driver.send("a", Sent.bytes("a", "b", T0 + 50_000, 10_000, 10_000));
            }
            driver.passSeconds(5);
        }
        HostLive before = driver.hosts().getLast();
        assertThat(before.links().peers()).hasSize(1);
        PeerTraffic traffic = before.links().peers().getFirst();
        assertThat(traffic.peer()).isEqualTo("b");
        assertThat(traffic.inBytesPerSecond()).isCloseTo(200, within(1e-6));
        // between 35 and 40 s the counter starts again: those 5 s are not known
        assertThat(traffic.outBytesPerSecond()).isCloseTo(1000 * 55 / 60.0, within(1e-6));
        assertThat(traffic.seconds()).isEqualTo(60);
        assertThat(before.fields()).containsEntry("bandwidth_in_bytes_per_second", traffic.inBytesPerSecond());

        AggregatorDriver after = driver.restarted(state.resolve("after"));
        try {
            after.send("a", Sent.bytes("a", "b", T0 + 95_000, 55_000, 200.0 * 95));
            PeerTraffic again = after.hosts().getLast().links().peers().getFirst();
            assertThat(again.inBytesPerSecond()).isCloseTo(200, within(1e-6));
            assertThat(again.outBytesPerSecond()).isBetween(900.0, 1000.0);
            after.passSeconds(31);
            after.send("a", Sent.cpu("a", after.now(), 1));
            after.passSeconds(1);
            assertThat(after.hosts().getLast().links().peers())
                    .as("no longer fresh")
                    .isEmpty();
        } finally {
            after.close();
        }
    }

    @Test
    void networkTotalsAddUpAndGoOnWhenHostsFallSilent() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            for (int i = 0; i < 3; i++) {
                long now = driver.now();
                driver.send(
                        "a",
                        Sent.host("a", now, Map.of("cpu_usage", 95.0, "player_count", 30.0)),
                        Sent.link("a", "b", now, 40, 0),
                        Sent.map("a", "m1", "p2p", now, 12, "online"));
                driver.send(
                        "b",
                        Sent.link("b", "a", now, 260, 0),
                        Sent.map("b", "m2", "vps", now, 5, "online"),
                        Sent.map("b", "m3", "vps", now, 2, "offline"));
                driver.passSeconds(5);
            }
            NetworkLive live = driver.network().getLast();
            assertThat(live.activeHosts()).isEqualTo(2);
            assertThat(live.totalPlayers()).isEqualTo(37);
            assertThat(live.averageLatency()).isEqualTo(150);
            assertThat(live.activeMaps()).isEqualTo(new NetworkLive.ActiveMaps(1, 1));
            assertThat(live.links()).isEqualTo(2);
            assertThat(live.networkHealth()).isEqualTo(70);

            driver.passSeconds(25);
            List<NetworkLive> later = driver.network();
            assertThat(later).hasSize(25);
            assertThat(later.getLast().activeHosts()).isZero();
            assertThat(later.getLast().silentHosts()).isEqualTo(2);
            assertThat(later.getLast().totalPlayers()).isNull();
            assertThat(later.getLast().averageLatency()).isNull();
            assertThat(later.getLast().activeMaps()).isEqualTo(new NetworkLive.ActiveMaps(null, null));
        }
    }
}
