package io.peerscope.aggregate.window;

import static io.peerscope.aggregate.Sent.T0;
import static io.peerscope.aggregate.Sent.cpu;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.aggregate.AggregatorMeter;
import io.peerscope.aggregate.Sent;
import io.peerscope.aggregate.window.ReferenceWindows.Sums;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.rollup.LateWindow;
import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.RollupBatch;
import io.peerscope.contracts.rollup.RollupBatchCodec;
import io.peerscope.contracts.rollup.RollupPlan;
import io.peerscope.contracts.rollup.Sketch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TaskWindowsTest {
    private static final RollupPlan PLAN = new RollupPlan(MetricCatalogue.load());
    private WindowConfig config = new WindowConfig(Duration.ofSeconds(10), 32 << 20, 5);
    private final MemoryJournal journal = new MemoryJournal();
    private final List<RollupBatch> out = new ArrayList<>();
    private TaskWindows windows = open();
    private long offset;

    private TaskWindows open() {
        return new TaskWindows(config, PLAN, journal, AggregatorMeter.silent(), out::add);
    }

    private void send(long receivedAt, String host, Point... points) {
        PointBatch batch = Sent.batch(host, receivedAt, List.of(points));
        windows.advance(receivedAt);
        windows.add(batch, PointBatchCodec.encode(batch), offset++);
    }

    private Map<String, Sums> only() {
        assertThat(out).hasSize(1);
        assertThat(out.getFirst().rollups()).hasSize(1);
        return untimed(ReferenceWindows.of(out.getFirst().rollups().getFirst()));
    }

    @Test
    void aWindowClosesWithItsHostsNextRecordAfterTheGrace() {
        send(T0 + 5_000, "a", cpu("a", T0 + 5_000, 10));
        send(T0 + 65_000, "a", cpu("a", T0 + 59_999, 30));
        send(T0 + 69_999, "a", cpu("a", T0 + 69_000, 99));
        assertThat(out).isEmpty();

        send(T0 + 70_000, "a", cpu("a", T0 + 70_000, 99));

        assertThat(only()).isEqualTo(Map.of("cpu_usage", sums(10, 30)));
        assertThat(out.getFirst().host()).isEqualTo("a");
        assertThat(out.getFirst().windowMillis()).isEqualTo(60_000);
        assertThat(out.getFirst().sourceOffset()).isEqualTo(-1);
        assertThat(out.getFirst().rollups().getFirst().start()).isEqualTo(T0);
    }

    @Test
    void anotherHostsRecordLetsItBeClosed() {
        send(T0 + 5_000, "a", cpu("a", T0 + 5_000, 10));
        send(T0 + 70_000, "b", cpu("b", T0 + 70_000, 1));
        windows.closeDue(1);
        assertThat(only()).isEqualTo(Map.of("cpu_usage", sums(10)));
    }

    @Test
    void theSamePointTwiceCountsOnceAndTheNewerValueHolds() {
        send(T0 + 1_000, "a", cpu("a", T0 + 1_000, 10), cpu("a", T0 + 2_000, 20));
        send(T0 + 3_000, "a", cpu("a", T0 + 1_000, 10), cpu("a", T0 + 2_000, 20));
        send(T0 + 4_000, "a", cpu("a", T0 + 2_000, 5));
        send(T0 + 70_000, "a");
        assertThat(only()).isEqualTo(Map.of("cpu_usage", sums(10, 5)));
    }

    @Test
    void fieldsOfOneInstantAreMergedWhereverTheyComeFrom() {
        send(T0 + 1_000, "a", cpu("a", T0 + 1_000, 10));
        send(T0 + 2_000, "a", Sent.host("a", T0 + 1_000, Map.of("memory_usage", 50.0)));
        send(T0 + 70_000, "a");
        assertThat(only()).isEqualTo(Map.of("cpu_usage", sums(10), "memory_usage", sums(50)));
    }

    @Test
    void disorderLeavesNoTraceInTheLastBit() {
        double[] values = {1e16, 1, -1e16, 3.3};
        for (int i : new int[] {2, 0, 3, 1}) {
            send(T0 + 10_000 + i, "a", cpu("a", T0 + i * 1000L, values[i]));
        }
        send(T0 + 70_000, "a");
        assertThat(only()).isEqualTo(Map.of("cpu_usage", sums(1e16, 1, -1e16, 3.3)));
    }

    @Test
    void latePointsOfOneRecordMakeOneNoticeForEachWindow() {
        send(T0 + 5_000, "a", cpu("a", T0 + 5_000, 10));
        send(T0 + 71_000, "a", cpu("a", T0 + 6_000, 1), cpu("a", T0 + 7_000, 2), cpu("a", T0 - 1, 3));

        assertThat(out).hasSize(2);
        assertThat(out.get(0).rollups()).as("first what was there").hasSize(1);
        assertThat(out.get(1).late()).extracting(LateWindow::start).containsExactly(T0, T0 - 60_000);
        assertThat(out.get(1).sourceOffset()).isEqualTo(1);
    }

    @Test
    void aRestartForgetsNeitherPointsNorWhatIsClosed() {
        send(T0 + 5_000, "a", cpu("a", T0 + 5_000, 10));
        windows = open();
        send(T0 + 6_000, "a", cpu("a", T0 + 6_000, 20));
        send(T0 + 71_000, "b", cpu("b", T0 + 71_000, 1));
        windows = open();
        send(T0 + 60_000, "a", cpu("a", T0 + 7_000, 1));

        assertThat(out).hasSize(2);
        assertThat(untimed(ReferenceWindows.of(out.getFirst().rollups().getFirst())))
                .isEqualTo(Map.of("cpu_usage", sums(10, 20)));
        assertThat(out.getLast().late()).hasSize(1);
    }

    @Test
    void theWallClockClosesWhatIsOpenAndNothingThatIsYetToCome() {
        send(T0 + 5_000, "a", cpu("a", T0 + 5_000, 10));
        windows.advanceIdle(T0 + 69_000);
        windows.closeDue(10);
        assertThat(out).isEmpty();
        windows.advanceIdle(T0 + 86_400_000);
        windows.closeDue(10);
        assertThat(only()).containsKey("cpu_usage");

        send(T0 + 120_000, "a", cpu("a", T0 + 61_000, 10));
        assertThat(out)
                .as("the next minute is open whatever the wall clock said")
                .hasSize(1);
    }

    @Test
    void aWindowBeyondItsBoundIsLeftToTheDatabaseAlsoAfterARestart() {
        config = new WindowConfig(Duration.ofSeconds(10), 1 << 20, 5);
        windows = open();
        Point[] large = LongStream.range(0, 10_000)
                .mapToObj(
                        i -> Sent.host("a", T0 + i, Map.of("f1", 1.0 * i, "f2", 2.0 * i, "f3", 3.0 * i, "f4", 4.0 * i)))
                .toArray(Point[]::new);
        send(T0 + 11_000, "a", large);
        send(T0 + 12_000, "a", large);
        send(T0 + 13_000, "a", large);
        send(T0 + 14_000, "a", Sent.link("a", "b", T0 + 14_000, 1, 0));
        send(T0 + 15_000, "a", Sent.link("a", "c", T0 + 15_000, 1, 0));
        send(T0 + 16_000, "a", Sent.link("a", "c", T0 + 16_000, 1, 0));
        long kept = journal.entries.values().stream()
                .mapToLong(bytes -> bytes.length)
                .sum();
        assertThat(kept).isLessThan(2 << 20);
        windows = open();
        send(T0 + 70_000, "a");

        assertThat(out).hasSize(1);
        assertThat(out.getFirst().rollups()).isEmpty();
        assertThat(out.getFirst().late()).hasSize(3);
        assertThat(out.getFirst().sourceOffset()).isEqualTo(5);
        assertThat(journal.entries).isEmpty();
        assertThat(journal.handedOver).isEmpty();
    }

    @Test
    void whatIsTooMuchForOneRecordGoesInSeveral() {
        Map<String, Double> fields = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            fields.put("field_with_a_long_name_" + i, 1.0 * i);
        }
        for (int link = 0; link < 300; link++) {
            Point point = Sent.link("a", "peer-" + link, T0, 1, 1);
            send(T0 + 1_000, "a", Point.of(point.subject(), T0, fields));
        }
        send(T0 + 70_000, "a");

        assertThat(out).hasSizeGreaterThan(1).allSatisfy(batch -> assertThat(RollupBatchCodec.encode(batch).length)
                .isLessThan(512 << 10));
        assertThat(out.stream()
                        .flatMap(batch -> batch.rollups().stream())
                        .map(Rollup::subject)
                        .distinct())
                .hasSize(300);
    }

    private static Map<String, Sums> untimed(Map<String, Sums> timed) {
        Map<String, Sums> untimed = new HashMap<>();
        timed.forEach((field, sums) -> untimed.put(
                field,
                new Sums(
                        sums.count(),
                        sums.sum(),
                        sums.min(),
                        sums.max(),
                        sums.last(),
                        sums.first(),
                        sums.gain(),
                        sums.sketch(),
                        0,
                        0)));
        return untimed;
    }

    /** What these values come to, added up one after another, leaving out when they were. */
    private static Sums sums(double... values) {
        double sum = 0;
        double min = Double.MAX_VALUE;
        double max = -Double.MAX_VALUE;
        for (double value : values) {
            sum += value;
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        int[] keys = Arrays.stream(values).mapToInt(Sketch::key).toArray();
        return new Sums(
                values.length,
                sum,
                min,
                max,
                values[values.length - 1],
                values[0],
                0,
                Sketch.ofKeys(keys, keys.length),
                0,
                0);
    }
}
