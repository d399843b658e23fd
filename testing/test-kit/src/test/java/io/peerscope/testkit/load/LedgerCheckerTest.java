package io.peerscope.testkit.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.simulator.Batch;
import io.peerscope.simulator.load.Ledger;
import io.peerscope.simulator.load.LoadPlan;
import io.peerscope.simulator.send.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A checker that cannot fail proves nothing: every kind of loss and excess is found. */
final class LedgerCheckerTest {
    private static final Instant MINUTE = Instant.parse("2026-11-21T10:00:00Z");
    private static final LoadPlan PLAN = LoadPlan.of(2, 3, MINUTE);
    private static final long TICKS = 24;

    private final Ledger ledger = new Ledger();
    private final MemoryLoad stored = new MemoryLoad();

    @BeforeEach
    void everythingIsSentAndStored() {
        PLAN.batchesUntil(TICKS).forEach(batch -> {
            ledger.enter(new Outcome.Accepted(batch, 1, 200, batch.samples(), 0, false));
            stored.add(batch);
        });
        stored.close();
    }

    @Test
    void whatIsAllThereIsGreen() {
        LedgerReport report = check();
        assertThat(report.isGreen()).as(report.toString()).isTrue();
        assertThat(report.acknowledged()).isEqualTo(2 * 3 * TICKS);
        assertThat(report.stored()).isEqualTo(report.acknowledged());
        assertThat(report.windows()).isEqualTo(4);
    }

    @Test
    void aMissingPointIsFound() {
        stored.points.removeFirst();
        assertThat(check().missing()).hasSize(1);
    }

    @Test
    void aPointThatIsThereTwiceIsFound() {
        stored.points.add(stored.points.getFirst());
        assertThat(check().extra()).singleElement().asString().contains("twice");
    }

    @Test
    void aPointThatNobodySentIsFound() {
        stored.add(PLAN.batches(TICKS + 1).getFirst());
        assertThat(check().extra()).singleElement().asString().contains("never sent");
    }

    @Test
    void aPointWithAnotherValueIsFound() {
        stored.points.getFirst().getValue().put("load_00", -1.0);
        assertThat(check().wrong()).hasSize(1);
    }

    @Test
    void aPointWithoutAnAnswerMayBeThereOnce() {
        Batch batch = PLAN.batches(TICKS + 1).getFirst();
        ledger.enter(new Outcome.Unknown(batch, 9, 503, "no answer"));
        assertThat(check().isGreen()).isTrue();
        stored.add(batch);
        stored.windows.clear();
        stored.close();
        LedgerReport report = check();
        assertThat(report.isGreen()).as(report.toString()).isTrue();
        assertThat(report.unacknowledgedStored()).isEqualTo(3);
    }

    @Test
    void aRefusedPointMustNotBeThere() {
        Batch batch = PLAN.batches(TICKS + 1).getFirst();
        ledger.enter(new Outcome.Refused(batch, 1, 400, "no"));
        stored.add(batch);
        assertThat(check().extra()).hasSize(1);
    }

    @Test
    void aMissingWindowIsFound() {
        stored.windows.removeFirst();
        assertThat(check().windowFaults()).singleElement().asString().contains("not there");
    }

    @Test
    void aWindowThatCountsASampleTwiceIsFound() {
        Map<String, WindowTotals> window = stored.windows.getFirst().getValue();
        WindowTotals right = window.getOrDefault("load_01", WindowTotals.of(0, 0));
        window.put("load_01", right.plus(WindowTotals.of(right.last(), right.lastAt())));
        assertThat(check().windowFaults()).singleElement().asString().contains("load_01 should be count 12");
    }

    private LedgerReport check() {
        return new LedgerChecker(stored).check(ledger);
    }

    private static final class MemoryLoad implements StoredLoad {
        final List<Map.Entry<PointId, Map<String, Double>>> points = new ArrayList<>();
        final List<Map.Entry<PointId, Map<String, WindowTotals>>> windows = new ArrayList<>();

        void add(Batch batch) {
            batch.points()
                    .forEach(point -> points.add(Map.entry(
                            new PointId(batch.host(), point.timestamp().toEpochMilli()),
                            new TreeMap<>(point.fields()))));
        }

        /** Makes the windows of what is there. */
        void close() {
            Map<PointId, Map<String, WindowTotals>> sums = new HashMap<>();
            points.forEach(point -> point.getValue().forEach((field, value) -> sums.computeIfAbsent(
                            new PointId(
                                    point.getKey().host(),
                                    WindowTotals.startOf(point.getKey().time())),
                            start -> new TreeMap<>())
                    .merge(field, WindowTotals.of(value, point.getKey().time()), WindowTotals::plus)));
            windows.addAll(sums.entrySet());
        }

        @Override
        public void points(BiConsumer<PointId, Map<String, Double>> each) {
            points.forEach(row -> each.accept(row.getKey(), row.getValue()));
        }

        @Override
        public void windows(BiConsumer<PointId, Map<String, WindowTotals>> each) {
            windows.forEach(row -> each.accept(row.getKey(), row.getValue()));
        }
    }
}
