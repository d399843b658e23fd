package io.peerscope.query.materialize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.receipt.ReceiptRecord;
import io.peerscope.contracts.receipt.RefusedSample;
import io.peerscope.query.clock.ClockDay;
import io.peerscope.query.clock.ClockState;
import io.peerscope.query.ledger.HostDay;
import io.peerscope.query.ledger.Tally;
import io.peerscope.query.store.ClockReader;
import io.peerscope.query.store.FreshDatabase;
import io.peerscope.query.store.Ids;
import io.peerscope.query.store.LedgerReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That every sample is booked once, and where it went. */
abstract class LedgerContract {
    private static final long NOON = Instant.parse("2026-11-21T12:00:00Z").toEpochMilli();
    private static final LocalDate TODAY = LocalDate.parse("2026-11-21");

    private final List<String> refused = new ArrayList<>();
    private long next;

    @SuppressWarnings("NullAway.Init")
    private Storing<PointBatch, ?> points;

    @SuppressWarnings("NullAway.Init")
    private Storing<ReceiptRecord, ?> receipts;

    abstract FreshDatabase fresh();

    @BeforeEach
    void locate() throws SQLException {
        points = new Storing<>(
                fresh().pooled(),
                new PointSink(fresh().pooled(), new Ids(), Duration.ofSeconds(10)),
                (row, why) -> refused.add(why));
        points.locate(List.of(0));
        receipts = new Storing<>(fresh().pooled(), new ReceiptSink(), (row, why) -> refused.add(why));
        receipts.locate(List.of(0));
    }

    private static Point point(long time, String... fields) {
        Map<String, Double> values = new HashMap<>();
        for (String field : fields) {
            values.put(field, 1.0);
        }
        return Point.of(new Subject("h1", "host", Labels.none()), time, values);
    }

    private static PointBatch batch(long receivedAt, int rejected, int merged, Point... points) {
        return new PointBatch("h1", "", 0, receivedAt, "r", 0, false, Arrays.asList(points), rejected, merged);
    }

    /** All in one transaction. @return offset of the first */
    private long store(PointBatch... batches) throws Exception {
        long first = next;
        List<Delivered<PointBatch>> records = new ArrayList<>();
        for (PointBatch batch : batches) {
            records.add(new Delivered<>(
                    new ConsumerRecord<>("metrics.points", 0, next++, batch.host(), new byte[0]), batch));
        }
        points.store(records, Map.of(0, next));
        return first;
    }

    private Tally today() {
        return reader().booked(new HostDay("h1", TODAY), 0).tally();
    }

    private LedgerReader reader() {
        return new LedgerReader(fresh().pooled());
    }

    @Test
    void whatIsSimplyStoredNeedsNoNote() throws Exception {
        long offset = store(batch(NOON, 0, 0, point(NOON, "a", "b"), point(NOON - 1000, "a")));

        assertThat(today()).isEqualTo(new Tally(3, 0, 3, 0, 0, 0));
        assertThat(reader().stored(0, offset)).isEqualTo(new LedgerReader.Stored(1, Optional.empty()));
        assertThat(reader().stored(0, offset + 1).next()).isEqualTo(offset + 1);
    }

    @Test
    void whatComesAgainIsDuplicateFieldByField() throws Exception {
        store(batch(NOON, 0, 0, point(NOON, "a", "b")));
        long again = store(batch(NOON, 0, 0, point(NOON, "b", "c"), point(NOON + 1, "a")));
        store(batch(NOON, 0, 0, point(NOON, "a", "b", "c")));

        assertThat(today()).isEqualTo(new Tally(8, 0, 4, 4, 0, 0));
        assertThat(reader().stored(0, again).note()).hasValue(new LedgerReader.Note(1, 0, 0));
    }

    @Test
    void inOneTransactionToo() throws Exception {
        long first = store(
                batch(NOON, 0, 0, point(NOON, "a", "b")),
                batch(NOON, 0, 0, point(NOON, "b", "c")),
                batch(NOON, 0, 0, point(NOON, "a", "c", "d")));

        assertThat(today()).isEqualTo(new Tally(7, 0, 4, 3, 0, 0));
        assertThat(reader().stored(0, first).note()).isEmpty();
        assertThat(reader().stored(0, first + 2).note()).hasValue(new LedgerReader.Note(2, 0, 0));
    }

    private static PointBatch skewed(long receivedAt, long skew) {
        return new PointBatch(
                "h1", "", 0, receivedAt, "r", skew, false, List.of(point(receivedAt - 10, "a", "b")), 0, 0);
    }

    @Test
    void aClockThatIsWrongIsBookedWithTheSamplesOnce() throws Exception {
        ClockReader clocks = new ClockReader(fresh().pooled());
        store(batch(NOON, 0, 0, point(NOON, "a")));
        assertThat(clocks.clock("h1")).isEmpty();

        store(skewed(NOON + 1000, -3_600_000), skewed(NOON + 2000, -3_600_000));
        store(skewed(NOON + 3000, -3_600_000));
        store(skewed(NOON + 4000, 0));
        store(skewed(NOON + 5000, 0));

        assertThat(clocks.clock("h1")).hasValue(new ClockState(0, NOON + 4000, 2));
        assertThat(clocks.jumps("h1"))
                .containsExactly(
                        new ClockReader.Jump(Instant.ofEpochMilli(NOON + 4000), -3_600_000, 0),
                        new ClockReader.Jump(Instant.ofEpochMilli(NOON + 1000), 0, -3_600_000));
        assertThat(clocks.days("h1"))
                .containsExactly(new ClockReader.Day(TODAY, new ClockDay(6, -3_600_000, 0, -10, 2), 0, 0, 0, 0));
        assertThat(clocks.wrong(TODAY, 1, 10).items())
                .containsExactly(new ClockReader.Wrong("h1", new ClockState(0, NOON + 4000, 2), 6));
    }

    @Test
    void ofEachDayItIsToldWhatWasRefusedAndWhy() throws Exception {
        store(batch(NOON, 3, 0, point(NOON, "a")));
        List<RefusedSample> described = List.of(new RefusedSample("host", "x", "1", NOON, "too_new", "in the future"));
        receipts.store(
                List.of(new Delivered<>(
                        new ConsumerRecord<>("ingest.receipts", 0, 0, "h1", new byte[0]),
                        new ReceiptRecord(
                                "h1",
                                "r",
                                Instant.ofEpochMilli(NOON),
                                0,
                                0,
                                0,
                                Map.of("too_new", 2, "bad_name", 1),
                                described))),
                Map.of(0, 1L));

        assertThat(reader().days("h1", TODAY.minusDays(3)))
                .containsExactly(new LedgerReader.Account(
                        "h1", TODAY, new Tally(1, 3, 1, 0, 0, 0), Map.of("too_new", 2L, "bad_name", 1L)));
        assertThat(reader().hosts(TODAY, 1, 10).total()).isEqualTo(1);
        assertThat(reader().hosts(TODAY.minusDays(1), 1, 10).items()).isEmpty();
    }

    @Test
    void lateIsWhatCameAfterItsMinuteClosed() throws Exception {
        long closed = NOON - 60_000;
        store(batch(NOON + 9_999, 0, 0, point(closed, "a"), point(NOON, "a")));
        assertThat(today()).isEqualTo(new Tally(2, 0, 2, 0, 0, 0));

        store(batch(NOON + 10_000, 0, 0, point(closed + 1, "a", "b"), point(closed, "a"), point(NOON + 1, "a")));
        assertThat(today()).as("late and known is a duplicate").isEqualTo(new Tally(6, 0, 3, 1, 2, 0));
    }

    @Test
    void whatWasReplacedWithinItsRequestCountsAndWhatWasRefusedCountsApart() throws Exception {
        long offset = store(batch(NOON, 5, 2, point(NOON, "a")));

        assertThat(today()).isEqualTo(new Tally(3, 5, 1, 2, 0, 0));
        assertThat(reader().stored(0, offset).note()).hasValue(new LedgerReader.Note(2, 0, 0));
    }

    @Test
    void aDayIsTheDayOfReceipt() throws Exception {
        store(batch(NOON + Duration.ofHours(12).toMillis(), 0, 0, point(NOON, "a")));
        assertThat(today()).isEqualTo(Tally.NONE);
        assertThat(reader().booked(new HostDay("h1", TODAY.plusDays(1)), 0)
                        .tally()
                        .late())
                .isEqualTo(1);
    }

    @Test
    void whatTheDatabaseWillNotHaveIsQuarantined() throws Exception {
        Point bad = Point.of(
                new Subject("h1", "host", Labels.none()), NOON, Map.of("a", 1.0, "b", 2.0), Map.of("s", "\u0000"));
        long first = store(
                batch(NOON, 0, 0, point(NOON, "a")), batch(NOON, 1, 1, bad), batch(NOON, 0, 0, point(NOON + 1, "a")));

        assertThat(refused).hasSize(1);
        assertThat(today()).isEqualTo(new Tally(5, 1, 2, 1, 0, 2));
        assertThat(reader().stored(0, first + 1).note()).hasValue(new LedgerReader.Note(1, 0, 2));
        assertThat(quarantine()).extracting(LedgerReader.Refused::name).containsExactly("a", "b");
        assertThat(quarantine()).extracting(LedgerReader.Refused::code).containsOnly("internal");
    }

    private List<LedgerReader.Refused> quarantine() {
        return reader().quarantine(
                        new LedgerReader.Filter(
                                Optional.of("h1"), Optional.empty(), Optional.empty(), Optional.empty()),
                        1,
                        100)
                .items();
    }

    @Test
    void receiptsAreBookedAndWhatWasRefusedCanBeRead() throws Exception {
        List<RefusedSample> samples = List.of(
                new RefusedSample("host", "cpu_usage", "101.0", NOON, "bad_value", "must be to 100"),
                new RefusedSample("map", "x", null, null, "bad_name", "not a name"));
        ReceiptRecord duplicate =
                new ReceiptRecord("h1", "r", Instant.ofEpochMilli(NOON), 9, 9, 2, Map.of(), List.of());
        ReceiptRecord whole = new ReceiptRecord(
                "h1", "r", Instant.ofEpochMilli(NOON + 1), 0, 0, 5, Map.of("bad_value", 4, "bad_name", 1), samples);
        receipts.store(
                List.of(
                        new Delivered<>(new ConsumerRecord<>("ingest.receipts", 0, 0, "h1", new byte[0]), duplicate),
                        new Delivered<>(new ConsumerRecord<>("ingest.receipts", 0, 1, "h1", new byte[0]), whole)),
                Map.of(0, 2L));

        assertThat(today()).isEqualTo(new Tally(9, 7, 0, 9, 0, 0));
        assertThat(quarantine())
                .extracting(LedgerReader.Refused::name, LedgerReader.Refused::code, LedgerReader.Refused::count)
                .containsExactly(
                        tuple("cpu_usage", "bad_value", 1), tuple("x", "bad_name", 1), tuple("", "bad_value", 3));
    }

    /** Whatever is sent and however it is cut into transactions: stored and late are what is in the table. */
    @Test
    void theBooksAgreeWithTheTable() throws Exception {
        Random random = new Random(42);
        Set<String> cells = new HashSet<>();
        long accepted = 0;
        for (int flush = 0; flush < 40; flush++) {
            PointBatch[] batches = new PointBatch[1 + random.nextInt(6)];
            for (int i = 0; i < batches.length; i++) {
                Map<Long, Point> distinct = new HashMap<>();
                for (int p = 0; p < 1 + random.nextInt(4); p++) {
                    long time = NOON - random.nextInt(30) * 10_000L;
                    List<String> fields = new ArrayList<>(List.of("a", "b", "c", "d"));
                    fields.removeIf(field -> random.nextBoolean());
                    if (!fields.isEmpty()) {
                        distinct.put(time, point(time, fields.toArray(String[]::new)));
                        fields.forEach(field -> cells.add(time + field));
                    }
                }
                int merged = random.nextInt(3);
                batches[i] = batch(NOON, 0, merged, distinct.values().toArray(Point[]::new));
                accepted += batches[i].samples() + merged;
            }
            store(batches);
        }
        Tally tally = today();
        assertThat(tally.accepted()).isEqualTo(accepted);
        assertThat(tally.balances(0)).isTrue();
        assertThat(reader().totals(TODAY)).isEqualTo(new LedgerReader.Totals(tally, 0));
        assertThat(tally.stored() + tally.late()).isEqualTo(cells.size()).isEqualTo(samples());
        assertThat(tally.late()).isPositive();

        Tally before = today();
        for (String cell : cells) {
            store(batch(NOON, 0, 0, point(Long.parseLong(cell.substring(0, 13)), cell.substring(13))));
        }
        assertThat(today())
                .as("sent again, only duplicates grow")
                .isEqualTo(before.plus(new Tally(cells.size(), 0, 0, cells.size(), 0, 0)));
    }

    private long samples() throws SQLException {
        try (Connection connection = fresh().pooled().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select sum(cardinality(values)) from raw_point")) {
            row.next();
            return row.getLong(1);
        }
    }
}
