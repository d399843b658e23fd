package io.peerscope.query.materialize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Staleness;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.LateWindow;
import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.RollupBatch;
import io.peerscope.contracts.rollup.RollupBatchCodec;
import io.peerscope.contracts.rollup.RollupPlan;
import io.peerscope.query.store.Compression;
import io.peerscope.query.store.Flavour;
import io.peerscope.query.store.FreshDatabase;
import io.peerscope.query.store.Ids;
import io.peerscope.query.store.LateWindows;
import io.peerscope.query.store.Retention;
import io.peerscope.query.store.Tiers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tables promise, whatever they are made with. */
abstract class StoreContract {
    private static final long T = Instant.parse("2026-11-21T10:00:00Z").toEpochMilli();
    private static final RollupPlan PLAN = new RollupPlan(MetricCatalogue.load());
    private static final Subject H1 = new Subject("h1", "host", Labels.none());

    private final List<String> refused = new ArrayList<>();
    private final Ids ids = new Ids();

    @SuppressWarnings("NullAway.Init")
    private Storing<PointBatch, ?> points;

    abstract FreshDatabase fresh();

    private DataSource database() {
        return fresh().pooled();
    }

    private Storing<PointBatch, ?> storing() {
        return new Storing<>(
                database(),
                new PointSink(database(), ids, Duration.ofSeconds(10)),
                (row, why) -> refused.add(row.topic() + "@" + row.offset()));
    }

    @BeforeEach
    void locate() throws SQLException {
        points = storing();
        points.locate(List.of(0, 1));
    }

    @Test
    void pointsAreStoredAsSent() throws Exception {
        store(points, 0, point(T, Map.of("cpu_usage", 93.5, "memory_usage", 71.25)));

        assertThat(rows("select host, kind, field, value, extract(epoch from time) * 1000 from sample order by field"))
                .containsExactly(
                        "h1|host|cpu_usage|93.5|" + T + ".000000", "h1|host|memory_usage|71.25|" + T + ".000000");
        assertThat(rows("select next_offset from topic_position where topic = 'metrics.points' and partition = 0"))
                .containsExactly("1");
    }

    @Test
    void theSamePointAgainChangesNothing() throws Exception {
        store(points, 0, point(T, Map.of("cpu_usage", 1.0)));
        store(points, 1, point(T, Map.of("cpu_usage", 1.0)), point(T + 1, Map.of("cpu_usage", 2.0)));
        store(points, 2, point(T + 1, Map.of("cpu_usage", 2.0)), point(T + 2, Map.of("cpu_usage", 3.0)));

        assertThat(rows("select values from raw_point order by time")).containsExactly("{1}", "{2}", "{3}");
    }

    @Test
    void otherFieldsOfAPointAreAddedAndNewerValuesHold() throws Exception {
        store(points, 0, point(T, Map.of("a", 1.0, "b", 2.0), Map.of("s", "one")));
        store(points, 1, point(T, Map.of("b", 20.0, "c", 30.0), Map.of("t", "two")));

        assertThat(rows("select field, value from sample order by field")).containsExactly("a|1", "b|20", "c|30");
        assertThat(rows("select states from raw_point")).containsExactly("{\"s\": \"one\", \"t\": \"two\"}");
    }

    @Test
    void numbersThatAreNoneAreStoredBitForBit() throws Exception {
        double odd = Double.longBitsToDouble(0xfff8000000000001L);
        store(
                points,
                0,
                point(T, Map.of("a", Staleness.MARKER, "b", Double.NaN)),
                point(T + 1, Map.of("a", odd, "b", Double.NEGATIVE_INFINITY)));
        assertThat(rows("select encode(float8send(value), 'hex') from sample order by time, field"))
                .containsExactly("7ff0000000000002", "7ff8000000000000", "fff8000000000001", "fff0000000000000");

        // again, with another field each: read, merged, written
        store(points, 1, point(T, Map.of("c", 1.0)), point(T + 1, Map.of("b", Staleness.MARKER)));
        assertThat(rows("select encode(float8send(value), 'hex') from sample order by time, field"))
                .containsExactly(
                        "7ff0000000000002",
                        "7ff8000000000000",
                        "3ff0000000000000",
                        "fff8000000000001",
                        "7ff0000000000002");
    }

    @Test
    void aMinuteWhoseNumbersAreAllReplacedByNoneIsGone() throws Exception {
        LateWindows late = new LateWindows(database(), ids, PLAN);
        store(points, 0, point(T + 1000, Map.of("a", 1.0)));
        Storing<RollupSink.Arrived, RollupSink.Rows> rollups = rollups();
        storeRollups(rollups, 0, new RollupBatch("h1", 60_000, List.of(minute(T, 1, 1.0)), List.of(), -1));
        storeRollups(rollups, 1, new RollupBatch("h1", 60_000, List.of(), List.of(new LateWindow(H1, T)), 1));
        store(points, 1, point(T + 1000, Map.of("a", Double.NaN)));

        assertThat(late.heal()).isEqualTo(1);
        assertThat(rows("select * from sample_1m")).isEmpty();
    }

    @Test
    void typesOfFieldsAreKeptWithTheRows() throws Exception {
        Shape typed = Shape.typed(new String[] {"a", "b"}, new byte[] {2, 0});
        store(
                points,
                0,
                point(T, Map.of("a", 1.0, "b", 2.0)),
                new Point(H1, T + 1, typed, new double[] {3, 4}, Map.of()),
                new Point(H1, T + 2, typed, new double[] {5, 6}, Map.of()));
        store(points, 1, point(T + 2, Map.of("c", 7.0)));

        assertThat(rows("select f.field, f.type, r.values[f.idx] from raw_point r join shape_field f using (shape_id)"
                        + " order by time, field"))
                .containsExactly("a|0|1", "b|0|2", "a|2|3", "b|0|4", "a|2|5", "b|0|6", "c|0|7");
    }

    @Test
    void manyLongNamesAndLabelsAreStored() throws Exception {
        Random random = new Random(1);
        Map<String, Double> fields = new TreeMap<>();
        Map<String, String> labels = new TreeMap<>();
        for (int i = 0; i < 500; i++) {
            fields.put(text(random), 1.0);
        }
        for (int i = 0; i < 32; i++) {
            labels.put(text(random), text(random));
        }
        Point large = Point.of(new Subject("h1", "host", Labels.of(labels)), T, fields);
        store(points, 0, large);
        ids.forget();
        store(points, 1, Point.of(large.subject(), T + 1, fields));

        assertThat(refused).isEmpty();
        assertThat(rows("select count(*), count(distinct shape_id), count(distinct subject_id) from raw_point"))
                .containsExactly("2|1|1");
    }

    private static String text(Random random) {
        return random.ints(100, 'a', 0x17f).mapToObj(Character::toString).collect(Collectors.joining());
    }

    @Test
    void withinABatchTheNewerRecordHolds() throws Exception {
        store(points, 0, point(T, Map.of("a", 1.0)), point(T, Map.of("a", 2.0)));

        assertThat(rows("select values from raw_point")).containsExactly("{2}");
    }

    @Test
    void whoStoresFromAnOldPositionStoresNothing() throws Exception {
        Storing<PointBatch, ?> slow = storing();
        slow.locate(List.of(0, 1));
        store(points, 0, point(T, Map.of("a", 1.0)));

        assertThatThrownBy(() -> store(slow, 0, point(T + 5, Map.of("a", 5.0)))).isInstanceOf(Takeover.class);
        assertThat(rows("select count(*) from raw_point")).containsExactly("1");

        slow.locate(List.of(0, 1));
        assertThat(slow.positions()).containsEntry(0, 1L);
        store(slow, 1, point(T + 5, Map.of("a", 5.0)));
        assertThat(rows("select count(*) from raw_point")).containsExactly("2");
    }

    @Test
    void aRecordThatTheDatabaseRefusesIsPassedAndItsNeighboursAreStored() throws Exception {
        List<Delivered<PointBatch>> records = new ArrayList<>();
        for (int offset = 0; offset < 9; offset++) {
            Map<String, String> states = offset == 5 ? Map.of("s", "a\0b") : Map.of();
            records.add(record(offset, batch(point(T + offset, Map.of("a", 1.0), states))));
        }
        points.store(records, Map.of(0, 9L));

        assertThat(refused).containsExactly("metrics.points@5");
        assertThat(rows("select count(*) from raw_point")).containsExactly("8");
        assertThat(rows("select next_offset from topic_position where partition = 0"))
                .containsExactly("9");
    }

    @Test
    void pointsFarFromTodayAreStored() throws Exception {
        long longAgo = T - Duration.ofDays(400).toMillis();
        store(
                points,
                0,
                point(longAgo, Map.of("a", 1.0)),
                point(T + Duration.ofDays(9).toMillis(), Map.of("a", 2.0)));

        assertThat(rows("select values from raw_point order by time")).containsExactly("{1}", "{2}");
    }

    @Test
    void rollupsAreWrittenOver() throws Exception {
        Storing<RollupSink.Arrived, RollupSink.Rows> rollups = rollups();
        storeRollups(rollups, 0, new RollupBatch("h1", 60_000, List.of(minute(T, 3, 30.0)), List.of(), -1));
        storeRollups(rollups, 1, new RollupBatch("h1", 60_000, List.of(minute(T, 4, 44.0)), List.of(), -1));

        assertThat(rows("select field, count, sum, avg, min, max, last from sample_1m"))
                .containsExactly("a|4|44|11|1|9|5");
    }

    @Test
    void aLateWindowIsComputedAgainOnceItsPointsAreStored() throws Exception {
        Storing<RollupSink.Arrived, RollupSink.Rows> rollups = rollups();
        LateWindows late = new LateWindows(database(), ids, PLAN);
        store(points, 0, point(T + 1000, Map.of("a", 1.0)));
        storeRollups(rollups, 0, new RollupBatch("h1", 60_000, List.of(minute(T, 1, 1.0)), List.of(), -1));
        storeRollups(rollups, 1, new RollupBatch("h1", 60_000, List.of(), List.of(new LateWindow(H1, T)), 1));

        assertThat(late.heal()).isZero();

        store(points, 1, point(T + 2000, Map.of("a", 5.0, "b", 7.0)), point(T + 60_000, Map.of("a", 100.0)));
        assertThat(late.heal()).isEqualTo(1);
        assertThat(late.heal()).isZero();
        assertThat(rows("select field, count, sum, min, max, last from sample_1m order by field"))
                .containsExactly("a|2|6|1|5|5", "b|1|7|7|7|7");
    }

    @Test
    void aLateWindowOlderThanTheRawPointsKeepsWhatItHas() throws Exception {
        Storing<RollupSink.Arrived, RollupSink.Rows> rollups = rollups();
        store(points, 0, point(T + 1000, Map.of("a", 1.0)));
        storeRollups(
                rollups,
                0,
                new RollupBatch("h1", 60_000, List.of(minute(T, 9, 90.0)), List.of(new LateWindow(H1, T)), 0));
        execute("insert into tier_floor values ('raw', to_timestamp(%d))".formatted(T / 1000 + 1));
        LateWindows late = new LateWindows(database(), ids, PLAN);

        assertThat(late.heal()).isEqualTo(1);
        assertThat(late.givenUp()).isEqualTo(1);
        assertThat(rows("select count from sample_1m")).containsExactly("9");
    }

    /** A point that ingest just takes, though it is nearly too old, heals its minute like any other. */
    @Test
    void theOldestPointThatIsTakenHealsItsMinute() throws Exception {
        Duration kept = Duration.ofHours(24);
        long oldest = T - kept.toMillis();
        long minute = oldest / 60_000 * 60_000;
        store(
                points,
                0,
                point(minute + 1, Map.of("a", 1.0)),
                point(oldest, Map.of("a", 5.0)),
                point(T, Map.of("a", 0.0)));
        storeRollups(
                rollups(),
                0,
                new RollupBatch("h1", 60_000, List.of(minute(minute, 1, 1.0)), List.of(new LateWindow(H1, minute)), 0));
        // meanwhile a while passes, and what is too old goes
        retention(kept).run(Instant.ofEpochMilli(T + Duration.ofMinutes(50).toMillis()));
        LateWindows late = new LateWindows(database(), ids, PLAN);

        assertThat(late.heal()).isEqualTo(1);
        assertThat(late.givenUp()).isZero();
        assertThat(rows("select count, sum, last from sample_1m where sum = 6")).containsExactly("2|6|1");
    }

    /** Longer retention brings nothing back: healing a minute whose other points are gone would destroy it. */
    @Test
    void aMinuteOfWhichPointsWereDroppedKeepsWhatItHasWhateverRetentionBecomes() throws Exception {
        long old = T - Duration.ofHours(60).toMillis();
        store(
                points,
                0,
                point(old + 1, Map.of("a", 1.0)),
                point(old + 2, Map.of("a", 2.0)),
                point(T, Map.of("a", 0.0)));
        storeRollups(rollups(), 0, new RollupBatch("h1", 60_000, List.of(minute(old, 2, 3.0)), List.of(), -1));
        retention(Duration.ofHours(1)).run(Instant.ofEpochMilli(T));
        assertThat(rows("select count(*) from raw_point")).containsExactly("1");
        retention(Duration.ofHours(96)).run(Instant.ofEpochMilli(T));
        store(points, 1, point(old + 3, Map.of("a", 4.0)));
        storeRollups(rollups(), 1, new RollupBatch("h1", 60_000, List.of(), List.of(new LateWindow(H1, old)), 1));
        LateWindows late = new LateWindows(database(), ids, PLAN);

        assertThat(late.heal()).isEqualTo(1);
        assertThat(late.givenUp()).isEqualTo(1);
        assertThat(rows("select count, sum from sample_1m")).containsExactly("2|3");
    }

    private Retention retention(Duration raw) {
        Duration year = Duration.ofDays(365);
        return new Retention(
                database(), new Retention.Policy(raw, year, year, year, year, year, year, year, year, year));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void oldRowsGoAndNewOnesStay() throws Exception {
        Retention retention = new Retention(
                database(),
                new Retention.Policy(
                        Duration.ofHours(24),
                        Duration.ofDays(7),
                        Duration.ofDays(30),
                        Duration.ofDays(365),
                        Duration.ofDays(90),
                        Duration.ofDays(30),
                        Duration.ofDays(30),
                        Duration.ofDays(7),
                        Duration.ofDays(365),
                        Duration.ofDays(7)));
        Instant now = Instant.ofEpochMilli(T);
        long day = Duration.ofDays(1).toMillis();
        store(
                points,
                0,
                point(T - 5 * day, Map.of("a", 1.0)),
                point(T - day / 2, Map.of("a", 2.0)),
                point(T, Map.of("a", 3.0)));
        storeRollups(
                rollups(),
                0,
                new RollupBatch(
                        "h1", 60_000, List.of(minute(T - 5 * day, 1, 1), minute(T - 20 * day, 2, 2)), List.of(), -1));

        retention.run(now);
        assertThat(rows("select count from sample_1m order by 1"))
                .as("minutes stay until their hours are made")
                .containsExactly("1", "2");
        new Tiers(database(), ids).run(now);
        retention.run(now.plus(Duration.ofHours(1)));

        assertThat(rows("select values from raw_point order by time")).containsExactly("{2}", "{3}");
        assertThat(rows("select count from sample_1m")).containsExactly("1");
        store(points, 1, point(T - 5 * day + 1, Map.of("a", 9.0)));
        assertThat(rows("select count(*) from raw_point")).containsExactly("3");
    }

    /** The community edition compresses what is stored so far; the others have nothing to compress with. */
    @Test
    void whatIsLateForACompressedChunkIsStoredOnce() throws Exception {
        store(points, 0, point(T, Map.of("a", 1.0)), point(T + 2, Map.of("a", 2.0)));
        Compression compression =
                new Compression(database(), Optional.of(Duration.ofHours(6)), () -> Duration.ofHours(24));
        compression.run();
        compression.run();
        if (flavour() == Flavour.TIMESCALE_COMMUNITY) {
            assertThat(rows("select config->>'compress_after' from timescaledb_information.jobs"
                            + " where proc_name = 'policy_compression' order by hypertable_name"))
                    .containsExactly("06:00:00", "24:00:00", "24:00:00", "24:00:00");
            assertThat(rows("select compress_chunk(c) is not null from show_chunks('raw_point') c"))
                    .containsExactly("t");
        }

        store(
                points,
                1,
                point(T, Map.of("a", 1.0)),
                point(T + 1, Map.of("a", 1.5)),
                point(T + 2, Map.of("a", 3.0, "b", 4.0)));

        assertThat(rows("select field, value from sample order by time, field"))
                .containsExactly("a|1", "a|1.5", "a|3", "b|4");
        new Compression(database(), Optional.empty(), () -> Duration.ofHours(24)).run();
        if (flavour() == Flavour.TIMESCALE_COMMUNITY) {
            assertThat(rows("select count(*) from timescaledb_information.jobs where proc_name = 'policy_compression'"))
                    .containsExactly("0");
        }
    }

    private Flavour flavour() throws SQLException {
        try (Connection connection = database().getConnection()) {
            return Flavour.of(connection);
        }
    }

    private Storing<RollupSink.Arrived, RollupSink.Rows> rollups() throws SQLException {
        Storing<RollupSink.Arrived, RollupSink.Rows> rollups =
                new Storing<>(database(), new RollupSink(ids), (row, why) -> refused.add(why));
        rollups.locate(List.of(0));
        return rollups;
    }

    private static Rollup minute(long start, long count, double sum) {
        return new Rollup(
                H1,
                Shape.sorted("a"),
                start,
                new long[] {count},
                new double[] {sum},
                new double[] {1},
                new double[] {9},
                new double[] {5},
                new double[0],
                new double[0],
                new byte[0],
                new long[0],
                new long[0]);
    }

    private static void storeRollups(Storing<RollupSink.Arrived, RollupSink.Rows> to, long offset, RollupBatch batch)
            throws Exception {
        RollupBatch read = RollupBatchCodec.decode(RollupBatchCodec.encode(batch));
        ConsumerRecord<String, byte[]> source = new ConsumerRecord<>("metrics.rollups", 0, offset, "h1", new byte[0]);
        to.store(List.of(new Delivered<>(source, new RollupSink.Arrived(0, read))), Map.of(0, offset + 1));
    }

    private static Point point(long time, Map<String, Double> fields) {
        return Point.of(H1, time, fields);
    }

    private static Point point(long time, Map<String, Double> fields, Map<String, String> states) {
        return Point.of(H1, time, fields, states);
    }

    private static PointBatch batch(Point... points) {
        PointBatch batch = new PointBatch("h1", "", 0, T, "", 0, false, Arrays.asList(points));
        return PointBatchCodec.decode(PointBatchCodec.encode(batch));
    }

    private static Delivered<PointBatch> record(long offset, PointBatch batch) {
        return new Delivered<>(new ConsumerRecord<>("metrics.points", 0, offset, "h1", new byte[0]), batch);
    }

    private static void store(Storing<PointBatch, ?> to, long offset, Point... points) throws Exception {
        to.store(List.of(record(offset, batch(points))), Map.of(0, offset + 1));
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(rows.getString(i));
                }
                found.add(String.join("|", columns));
            }
        }
        return found;
    }
}
