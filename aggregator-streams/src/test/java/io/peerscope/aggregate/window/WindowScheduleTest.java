package io.peerscope.aggregate.window;

import static io.peerscope.aggregate.Sent.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.aggregate.AggregatorMeter;
import io.peerscope.aggregate.Sent;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.RollupPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random schedules against the reference: out of order, repeated, corrected, merged, late, restarted at any moment. */
class WindowScheduleTest {
    private static final RollupPlan PLAN = new RollupPlan(MetricCatalogue.load());
    private static final int SCHEDULES = 1500;
    private static final String[] FIELDS = {"cpu_usage", "latency_ms", "memory_usage", "bytes_sent"};

    @Test
    void everyWindowEqualsTheReferenceOrIsLeftToTheRawPoints() {
        int windows = 0;
        int late = 0;
        for (int seed = 0; seed < SCHEDULES; seed++) {
            Reconciliation reconciliation = run(seed);
            windows += reconciliation.windows();
            late += reconciliation.late();
        }
        assertThat(windows).isGreaterThan(SCHEDULES * 10);
        assertThat(late).isGreaterThan(SCHEDULES).isLessThan(windows);
    }

    private static Reconciliation run(int seed) {
        Random random = new Random(seed);
        WindowConfig config = new WindowConfig(Duration.ofSeconds(random.nextInt(20)), 1 << 20, 5);
        MemoryJournal journal = new MemoryJournal();
        Reconciliation out = new Reconciliation();
        ReferenceWindows reference = new ReferenceWindows();
        TaskWindows windows = new TaskWindows(config, PLAN, journal, AggregatorMeter.silent(), out::read);
        List<PointBatch> sent = new ArrayList<>();
        long now = T0 + random.nextInt(60_000);
        for (int step = 0; step < 60; step++) {
            now += random.nextInt(8_000);
            PointBatch batch = !sent.isEmpty() && random.nextInt(6) == 0
                    ? sent.get(random.nextInt(sent.size()))
                    : batch(random, now);
            sent.add(batch);
            batch.points().forEach(reference::add);
            windows.advance(now);
            windows.add(batch, PointBatchCodec.encode(batch), step);
            windows.closeDue(random.nextInt(3));
            if (random.nextInt(10) == 0) {
                windows = new TaskWindows(config, PLAN, journal, AggregatorMeter.silent(), out::read);
            }
        }
        windows.advanceIdle(now + 600_000);
        windows.closeDue(100);
        assertThat(journal.entries).as("seed %d leaves nothing behind", seed).isEmpty();
        out.assertEquals(reference);
        return out;
    }

    private static PointBatch batch(Random random, long now) {
        String host = "h" + random.nextInt(3);
        List<Point> points = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            Subject subject = random.nextBoolean()
                    ? new Subject(host, Subject.HOST, Labels.none())
                    : new Subject(host, Subject.CONNECTION, Labels.of("peer", "p" + random.nextInt(2)));
            Map<String, Double> fields = new HashMap<>();
            for (String field : FIELDS) {
                if (random.nextInt(3) > 0) {
                    fields.put(field, random.nextInt(4) == 0 ? random.nextInt(3) : random.nextGaussian() * 1e6);
                }
            }
            long age = random.nextInt(15) == 0 ? random.nextInt(7_200_000) : random.nextInt(30_000) - 1000;
            points.add(Point.of(subject, (now - age) / 500 * 500, fields));
        }
        return Sent.batch(host, now, points);
    }
}
