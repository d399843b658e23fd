package io.peerscope.testkit.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.Sketch;
import io.peerscope.testkit.truth.Reference.Account;
import io.peerscope.testkit.truth.Reference.Booking;
import io.peerscope.testkit.truth.Reference.Cell;
import io.peerscope.testkit.truth.Reference.Series;
import io.peerscope.testkit.truth.StoredHistory.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A checker that cannot fail proves nothing: every kind of fault is found. */
final class HistoryCheckerTest {
    private static final long START = Instant.parse("2026-10-31T23:58:00Z").toEpochMilli();
    private static final Subject HOST = new Subject("h1", Subject.HOST, Labels.none());

    /** Numbers of a row that may be wrong; of a gauge nobody asks how much it grew. */
    private static final int COLUMNS = 9;

    private static final int GAIN = 6;

    private final Reference reference = new Reference(10_000);
    private final MemoryHistory stored = new MemoryHistory();

    @BeforeEach
    void everythingIsStored() {
        for (int i = 0; i < 30; i++) {
            take(
                    START + i * 10_000L,
                    START + i * 10_000L,
                    Map.of("cpu_usage", i * 2.0, "bytes_sent", i % 7.0, "x", 1.0));
        }
        reference
                .samples()
                .forEach((series, values) ->
                        values.forEach((time, value) -> stored.samples.add(Map.entry(new Cell(series, time), value))));
        for (Span span : Span.values()) {
            List<Map.Entry<Cell, Row>> rows = new ArrayList<>();
            reference
                    .buckets(span, Long.MAX_VALUE)
                    .forEach((cell, bucket) -> rows.add(Map.entry(cell, row(cell, bucket))));
            stored.buckets.put(span, rows);
        }
    }

    private void take(long receivedAt, long time, Map<String, Double> fields) {
        reference.take(new PointBatch("h1", "", 0, receivedAt, "", 0, false, List.of(Point.of(HOST, time, fields))));
    }

    private static Row row(Cell cell, Bucket bucket) {
        Sketch.Sum sketch = new Sketch.Sum();
        bucket.sorted().forEach(sketch::add);
        return new Row(
                bucket.count(),
                bucket.sum(),
                bucket.min(),
                bucket.max(),
                bucket.last(),
                bucket.first(),
                bucket.gain(),
                bucket.firstTime(),
                bucket.lastTime(),
                cell.series().field().equals("cpu_usage") ? Optional.of(sketch.sketch()) : Optional.empty());
    }

    private Findings check() {
        return new HistoryChecker(() -> stored, reference).check();
    }

    @Test
    void whatIsAllThereIsGreen() {
        Findings findings = check();
        assertThat(findings.isGreen()).as(findings.toString()).isTrue();
        assertThat(findings.compared("raw")).isEqualTo(90);
        assertThat(findings.compared("1m")).isEqualTo(15);
        assertThat(findings.compared("1mo")).isEqualTo(6);
    }

    @Test
    void samplesThatAreMissingDoubledChangedOrMadeUpAreFound() {
        Map.Entry<Cell, Double> first = stored.samples.removeFirst();
        assertThat(check().toString()).contains("1 faults in raw", "is missing");
        stored.samples.addAll(List.of(first, first));
        assertThat(check().toString()).contains("1 faults in raw", "twice");
        stored.samples.removeLast();
        stored.samples.set(0, Map.entry(stored.samples.getFirst().getKey(), -5.0));
        assertThat(check().toString()).contains("was not sent");
        stored.samples.add(Map.entry(new Cell(new Series("other", "x"), START), 1.0));
        assertThat(check().toString()).contains("2 faults in raw");
    }

    @Test
    void bucketsThatAreMissingDoubledOrTooManyAreFound() {
        List<Map.Entry<Cell, Row>> hours = stored.buckets.getOrDefault(Span.HOUR, List.of());
        Map.Entry<Cell, Row> first = hours.removeFirst();
        assertThat(check().toString()).contains("1 faults in 1h", "is missing");
        hours.addAll(List.of(first, first));
        assertThat(check().toString()).contains("1 faults in 1h", "twice");
        hours.removeLast();
        hours.add(Map.entry(new Cell(new Series("other", "x"), START), first.getValue()));
        assertThat(check().toString()).contains("1 faults in 1h", "should not be");
    }

    @Test
    void everyWrongNumberIsFound() {
        List<Map.Entry<Cell, Row>> days = stored.buckets.getOrDefault(Span.DAY, List.of());
        for (int i = 0; i < days.size(); i++) {
            Map.Entry<Cell, Row> right = days.get(i);
            Row row = right.getValue();
            List<Row> wrong = new ArrayList<>();
            for (int column = 0; column < COLUMNS; column++) {
                if (column != GAIN || !right.getKey().series().field().equals("cpu_usage")) {
                    wrong.add(with(row, column));
                }
            }
            if (row.sketch().isPresent()) {
                Sketch.Sum other = new Sketch.Sum();
                for (int n = 0; n < row.count(); n++) {
                    other.add(row.max() * 1.05);
                }
                wrong.add(withSketch(row, Optional.of(other.sketch())));
                wrong.add(withSketch(row, Optional.empty()));
            }
            for (Row each : wrong) {
                days.set(i, Map.entry(right.getKey(), each));
                assertThat(check().toString()).as("%s", each).contains("1 faults in 1d");
            }
            days.set(i, right);
        }
    }

    /** One of its numbers being one more. */
    private static Row with(Row row, int column) {
        int[] more = new int[COLUMNS];
        more[column] = 1;
        return new Row(
                row.count() + more[0],
                row.sum() + more[1],
                row.min() + more[2],
                row.max() + more[3],
                row.last() + more[4],
                row.first() + more[5],
                row.gain() + more[GAIN],
                row.firstTime() + more[7],
                row.lastTime() + more[8],
                row.sketch());
    }

    private static Row withSketch(Row row, Optional<Sketch> sketch) {
        return new Row(
                row.count(),
                row.sum(),
                row.min(),
                row.max(),
                row.last(),
                row.first(),
                row.gain(),
                row.firstTime(),
                row.lastTime(),
                sketch);
    }

    @Test
    void workThatIsLeftIsFoundAndWhatIsNotDueIsNotWanted() {
        stored.workLeft = 3;
        assertThat(check().toString()).contains("3 windows and buckets wait");
        stored.workLeft = 0;
        stored.until = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
        long until = stored.until;
        for (Span span : List.of(Span.HOUR, Span.DAY, Span.MONTH)) {
            stored.buckets
                    .getOrDefault(span, List.of())
                    .removeIf(row -> row.getKey().start() >= until);
        }
        assertThat(check().isGreen()).isTrue();
    }

    @Test
    void theLedgerSaysWhatIsLateAndWhatCameTwice() {
        long now = START + 3_600_000;
        take(now, START + 5, Map.of("cpu_usage", 1.0, "y", 2.0));
        take(now, START + 5, Map.of("cpu_usage", 9.0, "y", 2.0, "z", 3.0));
        assertThat(reference.ledger())
                .containsEntry(new Account("h1", LocalDate.parse("2026-11-01")), new Booking(54, 3, 2))
                .containsEntry(new Account("h1", LocalDate.parse("2026-10-31")), new Booking(36, 0, 0));
        assertThat(reference
                        .samples()
                        .getOrDefault(new Series(HOST.canonical(), "cpu_usage"), new java.util.TreeMap<>()))
                .containsEntry(START + 5, 9.0);
    }

    private static final class MemoryHistory implements StoredHistory {
        final List<Map.Entry<Cell, Double>> samples = new ArrayList<>();
        final Map<Span, List<Map.Entry<Cell, Row>>> buckets = new EnumMap<>(Span.class);
        long until = Instant.parse("2026-12-01T00:00:00Z").toEpochMilli();
        long workLeft;

        @Override
        public void samples(BiConsumer<Cell, Double> each) {
            samples.forEach(sample -> each.accept(sample.getKey(), sample.getValue()));
        }

        @Override
        public void buckets(Span span, BiConsumer<Cell, Row> each) {
            buckets.getOrDefault(span, List.of()).forEach(row -> each.accept(row.getKey(), row.getValue()));
        }

        @Override
        public OptionalLong builtUntil(Span span) {
            return OptionalLong.of(until);
        }

        @Override
        public long workLeft() {
            return workLeft;
        }

        @Override
        public void close() {}
    }
}
