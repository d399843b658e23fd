package io.peerscope.aggregate.topology;

import static io.peerscope.aggregate.Sent.T0;
import static io.peerscope.aggregate.Sent.cpu;
import static io.peerscope.aggregate.Sent.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.peerscope.contracts.event.EventType;
import io.peerscope.contracts.link.HostPresence;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.LinkVerdict;
import io.peerscope.contracts.link.PresenceState;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.Rollup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From points to links and back to points, through the topics. */
class MeshTopologyTest {
    @TempDir
    private Path state;

    private static void report(AggregatorDriver driver, int times) {
        for (int i = 0; i < times; i++) {
            driver.send("b", cpu("b", driver.now(), 1), link("b", "a", driver.now(), 400, 0));
            driver.send("a", cpu("a", driver.now(), 1), link("a", "b", driver.now(), 20, 0));
            driver.passSeconds(5);
        }
    }

    @Test
    void bothEndsMeetAndWhatIsConcludedComesBackForRules() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            report(driver, 4);
            LinkLive link = driver.links().get("a|b");
            assertThat(link).isNotNull();
            assertThat(link.verdict()).isEqualTo(LinkVerdict.ASYMMETRIC);
            assertThat(link.asymmetryMs()).isEqualTo(380);
            assertThat(driver.topologies().getLast().components()).containsExactly(List.of("a", "b"));
            List<Point> concluded = driver.concluded();
            assertThat(concluded).isNotEmpty().allSatisfy(point -> {
                assertThat(point.subject().kind()).isIn("link", "peers");
            });
            List<Point> links = concluded.stream()
                    .filter(point -> point.subject().kind().equals("link"))
                    .toList();
            assertThat(links).extracting(point -> point.subject().host()).containsOnly("a");
            assertThat(links.getLast().states()).containsEntry("link_verdict", "asymmetric");
            assertThat(driver.deadLetters()).isZero();
        }
    }

    @Test
    void whatIsConcludedIsNoWordOfTheHost() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            report(driver, 4);
            driver.hosts();
            driver.passSeconds(120);
            assertThat(driver.hosts()).isNotEmpty().allSatisfy(host -> assertThat(host.status())
                    .isEqualTo(HostStatus.SILENT));
        }
    }

    @Test
    void howLinksWereIsRolledUp() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            report(driver, 12);
            report(driver, 36);
            List<Rollup> minutes = driver.rollups().stream()
                    .flatMap(batch -> batch.rollups().stream())
                    .filter(rollup -> rollup.subject().kind().equals("link"))
                    .toList();
            assertThat(minutes).isNotEmpty().allSatisfy(minute -> {
                assertThat(minute.subject().host()).isEqualTo("a");
                assertThat(minute.subject().labels().get("peer")).isEqualTo("b");
                assertThat(minute.shape().indexOf("quality_score")).isNotNegative();
                assertThat(minute.shape().indexOf("link_up")).isNotNegative();
            });
            assertThat(driver.deadLetters()).isZero();
        }
    }

    @Test
    void aSecurityEventIsAFindingForRules() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            driver.event("a", EventType.SECURITY, null, null);
            assertThat(driver.concluded()).singleElement().satisfies(point -> {
                assertThat(point.subject().kind()).isEqualTo("security");
                assertThat(point.subject().labels().get("finding")).isEqualTo("suspicious");
                assertThat(point.values()).containsExactly(1);
            });
        }
    }

    @Test
    void findingsOfOneMillisecondCountEachAndTheSameEventOnce() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            driver.event("a", EventType.SECURITY, "cheater-1", null);
            driver.event("a", EventType.SECURITY, "cheater-2", null);
            driver.event("a", EventType.SECURITY, "cheater-1", null);
            assertThat(driver.concluded()).extracting(Point::timestamp).containsExactly(T0, T0 - 1, T0);
        }
    }

    @Test
    void whatGuardsOfTheDemoFindIsMadeUp() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            PointBatch madeUp = new PointBatch("a", "", T0, T0, "receipt", 0, true, List.of(cpu("a", T0, 1)));
            driver.raw(T0, "a", PointBatchCodec.encode(madeUp));
            driver.event("a", EventType.SECURITY, null, null);
            driver.event("b", EventType.SECURITY, null, null);
            assertThat(driver.derived())
                    .extracting(PointBatch::host, PointBatch::simulated)
                    .containsExactly(tuple("a", true), tuple("b", false));
        }
    }

    @Test
    void aClockIsToldOfWheneverItChanges() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            for (long skew : new long[] {0, -3_600_000, -3_600_000, 5_000, 0, 0}) {
                long now = driver.now();
                PointBatch batch = new PointBatch("a", "", now, now, "receipt", skew, false, List.of(cpu("a", now, 1)));
                driver.raw(now, "a", PointBatchCodec.encode(batch));
                driver.passSeconds(1);
            }
            assertThat(driver.concluded())
                    .extracting(point -> point.subject().kind(), point -> point.values()[0], Point::states)
                    .containsExactly(
                            tuple("clock", 3_600_000.0, Map.of("clock_verdict", "ahead")),
                            tuple("clock", 5_000.0, Map.of("clock_verdict", "behind")),
                            tuple("clock", 0.0, Map.of("clock_verdict", "right")));
        }
    }

    @Test
    void eventsMoveLinksAndAGoodbyeIsNoFault() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            report(driver, 4);
            driver.event("a", EventType.CONNECTION_STATE, "b", "failed");
            driver.passSeconds(1);
            assertThat(driver.links().get("a|b")).isNotNull().extracting("up").isEqualTo(false);
            driver.event("a", EventType.GOODBYE, null, null);
            driver.passSeconds(60);
            Map<String, HostPresence> presences = driver.presences();
            assertThat(presences.get("a")).isNotNull().extracting("state").isEqualTo(PresenceState.LEFT);
            assertThat(presences.get("b")).isNotNull().extracting("state").isEqualTo(PresenceState.SILENT);
        }
    }

    @Test
    void linksSurviveARestart(@TempDir Path second) {
        AggregatorDriver driver = new AggregatorDriver(state, T0);
        report(driver, 4);
        LinkLive before = Objects.requireNonNull(driver.links().get("a|b"));
        try (AggregatorDriver again = driver.restarted(second)) {
            again.passSeconds(2);
            report(again, 1);
            LinkLive link = again.links().get("a|b");
            assertThat(link).isNotNull();
            assertThat(link.since()).isEqualTo(before.since());
        }
    }

    @Test
    void afterARestartHostsThatComeBackLateHaveNotFailedTogether(@TempDir Path second) {
        AggregatorDriver driver = new AggregatorDriver(state, T0);
        everybodyReports(driver, 6);
        try (AggregatorDriver again = driver.restarted(second)) {
            again.passSeconds(40);
            assertThat(again.links().values()).isNotEmpty().noneMatch(LinkLive::up);
            everybodyReports(again, 6);
            assertThat(again.links().values()).isNotEmpty().allMatch(LinkLive::up);
            assertThat(again.concluded())
                    .extracting(point -> point.subject().kind())
                    .isNotEmpty()
                    .doesNotContain("incident");
        }
    }

    private static void everybodyReports(AggregatorDriver driver, int times) {
        List<String> hosts = List.of("a", "b", "c", "d");
        for (int i = 0; i < times; i++) {
            for (String host : hosts) {
                Subject itself = new Subject(host, Subject.HOST, Labels.of("region", "eu"));
                List<Point> points = new ArrayList<>();
                points.add(Point.of(itself, driver.now(), Map.of("cpu_usage", 1.0)));
                hosts.stream()
                        .filter(peer -> !peer.equals(host))
                        .forEach(peer -> points.add(link(host, peer, driver.now(), 20, 0)));
                driver.send(host, points.toArray(Point[]::new));
            }
            driver.passSeconds(5);
        }
    }
}
