package io.peerscope.aggregate.topology;

import static io.peerscope.aggregate.Sent.T0;
import static io.peerscope.aggregate.Sent.cpu;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.aggregate.Sent;
import io.peerscope.aggregate.window.Reconciliation;
import io.peerscope.aggregate.window.ReferenceWindows;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Staleness;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.RollupBatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTopologyTest {
    @TempDir
    private Path state;

    @Test
    void otherHostsTrafficClosesTheWindowsOfAHostThatFellSilent() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            driver.send("a", cpu("a", T0, 10));
            driver.receive(T0 + 70_000, "b", List.of(cpu("b", T0 + 70_000, 1)));
            assertThat(driver.rollups()).singleElement().satisfies(batch -> assertThat(batch.host())
                    .isEqualTo("a"));
        }
    }

    @Test
    void theWallClockClosesTheWindowsOfAnIdlePartition() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            driver.send("a", cpu("a", T0, 10));
            driver.passSeconds(69);
            assertThat(driver.rollups()).isEmpty();
            driver.passSeconds(1);
            assertThat(driver.rollups()).hasSize(1);
        }
    }

    @Test
    void aStartIsNotIdleBeforeItsBacklogWasFetched() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0 + 600_000)) {
            driver.receive(T0, "a", List.of(cpu("a", T0, 10)));
            driver.passSeconds(8);
            driver.receive(T0 + 5_000, "a", List.of(cpu("a", T0 + 5_000, 20)));
            driver.passSeconds(20);
            assertThat(driver.rollups()).singleElement().satisfies(batch -> assertThat(
                            batch.rollups().getFirst().count())
                    .containsExactly(2));
        }
    }

    @Test
    void backfillOfHoursIsNoticesAndLeavesTheLiveWindowAlone() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            driver.send("a", cpu("a", T0, 10));
            for (int minute = 360; minute > 1; minute--) {
                driver.send("a", cpu("a", T0 - minute * 60_000L, 1));
            }
            driver.passSeconds(80);
            List<RollupBatch> out = driver.rollups();
            assertThat(out.stream().flatMap(batch -> batch.late().stream())).hasSize(359);
            assertThat(out.stream().flatMap(batch -> batch.rollups().stream()))
                    .singleElement()
                    .satisfies(rollup -> assertThat(rollup.sum()).containsExactly(10));
        }
    }

    @Test
    void aHostWithAWrongClockChangesNothingForItsNeighbour() {
        assertThat(neighbour(state.resolve("disturbed"), true))
                .containsExactlyElementsOf(neighbour(state.resolve("control"), false));
    }

    private static List<String> neighbour(Path state, boolean disturbed) {
        Random random = new Random(4);
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            for (int step = 0; step < 120; step++) {
                long now = T0 + step * 2_500L;
                driver.receive(now, "good", List.of(cpu("good", now - random.nextInt(20_000), random.nextGaussian())));
                long wrong = List.of(0L, -1L, now - 7_200_000, now + 1_000, now - 3_600_000)
                        .get(step % 5);
                driver.receive(now + 1, "bad", List.of(cpu("bad", disturbed ? wrong : now, step)));
            }
            return driver.rollupBytes("good").stream()
                    .map(HexFormat.of()::formatHex)
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shuffledRepeatedAndRestartedItReconcilesWithTheReference(long seed) {
        Random random = new Random(seed);
        Reconciliation seen = new Reconciliation();
        ReferenceWindows reference = new ReferenceWindows();
        int restarts = 0;
        AggregatorDriver driver = new AggregatorDriver(state.resolve("0"), T0);
        try {
            for (int step = 0; step < 150; step++) {
                driver.passSeconds(random.nextInt(4));
                List<Point> points = batch(random, driver.now());
                points.forEach(reference::add);
                driver.send("h0", points.toArray(Point[]::new));
                if (random.nextInt(40) == 0) {
                    driver.rollups().forEach(seen::read);
                    driver = driver.restarted(state.resolve(Integer.toString(++restarts)));
                }
            }
            driver.passSeconds(90);
            driver.rollups().forEach(seen::read);
        } finally {
            driver.close();
        }
        seen.assertEquals(reference);
        assertThat(seen.windows()).isPositive();
    }

    private static List<Point> batch(Random random, long now) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            long time = (now - random.nextInt(20_000)) / 1000 * 1000;
            points.add(
                    random.nextBoolean()
                            ? Sent.host("h0", time, Map.of("cpu_usage", number(random), "load1", number(random)))
                            : Sent.link("h0", "h" + random.nextInt(3), time, number(random), 0));
        }
        Collections.shuffle(points, random);
        return points;
    }

    private static double number(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Double.NaN;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> Staleness.MARKER;
            case 3 -> Double.MAX_VALUE;
            default -> random.nextGaussian();
        };
    }

    @Test
    void aWindowOfWhatIsNoNumberHasNoRollUpAndAFieldOfItIsNotInOne() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            driver.receive(T0, "a", List.of(cpu("a", T0, Double.NaN), cpu("a", T0 + 1, Staleness.MARKER)));
            driver.receive(
                    T0,
                    "b",
                    List.of(
                            Sent.host("b", T0, Map.of("cpu_usage", Double.POSITIVE_INFINITY, "load1", 2.0)),
                            Sent.host("b", T0 + 1, Map.of("cpu_usage", Staleness.MARKER, "load1", 4.0)),
                            Sent.host("b", T0 + 2, Map.of("load1", Double.NaN))));
            driver.passSeconds(80);

            assertThat(driver.deadLetters()).isZero();
            assertThat(driver.rollups().stream().flatMap(batch -> batch.rollups().stream()))
                    .singleElement()
                    .satisfies(rollup -> {
                        assertThat(rollup.shape()).isEqualTo(Shape.sorted("load1"));
                        assertThat(rollup.count()).containsExactly(2);
                        assertThat(rollup.sum()).containsExactly(6);
                        assertThat(rollup.min()).containsExactly(2);
                        assertThat(rollup.max()).containsExactly(4);
                        assertThat(rollup.last()).containsExactly(4);
                    });
        }
    }

    @Test
    void aRollUpHasTheTypesOfItsFields() {
        Subject host = new Subject("a", Subject.HOST, Labels.none());
        Shape typed = Shape.typed(new String[] {"requests", "up"}, new byte[] {2, 1});
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            driver.receive(T0, "a", List.of(Sent.host("a", T0, Map.of("requests", 1.0, "spare", 1.0))));
            driver.receive(T0, "a", List.of(new Point(host, T0 + 1, typed, new double[] {2, 1}, Map.of())));
            driver.receive(T0, "a", List.of(Sent.host("a", T0 + 2, Map.of("requests", 3.0))));
            driver.passSeconds(80);

            assertThat(driver.rollups().stream().flatMap(batch -> batch.rollups().stream()))
                    .singleElement()
                    .satisfies(rollup -> {
                        assertThat(rollup.shape())
                                .isEqualTo(Shape.typed(new String[] {"requests", "spare", "up"}, new byte[] {2, 0, 1}));
                        assertThat(rollup.sum()).containsExactly(6, 1, 1);
                    });
        }
    }

    @Test
    void whatIngestCannotHaveWrittenGoesToTheDeadLettersAndTheRestGoesOn() {
        try (AggregatorDriver driver = new AggregatorDriver(state, T0)) {
            driver.raw(T0, "a", "garbage".getBytes(StandardCharsets.UTF_8));
            driver.raw(T0, "a", null);
            driver.raw(T0, null, PointBatchCodec.encode(Sent.batch("a", T0, List.of(cpu("a", T0, 1)))));
            driver.raw(T0, "b", PointBatchCodec.encode(Sent.batch("a", T0, List.of(cpu("a", T0, 1)))));
            driver.receive(T0, "a", List.of(cpu("a", T0 + 3_600_000, 1)));
            driver.receive(T0, "a", List.of(cpu("a", T0, 7)));
            driver.passSeconds(80);

            assertThat(driver.deadLetters()).isEqualTo(5);
            assertThat(driver.rollups().stream().flatMap(batch -> batch.rollups().stream()))
                    .singleElement()
                    .extracting(Rollup::sum)
                    .isEqualTo(new double[] {7});
        }
    }
}
