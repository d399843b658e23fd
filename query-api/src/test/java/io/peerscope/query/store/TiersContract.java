package io.peerscope.query.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.Sketch;
import io.peerscope.contracts.rollup.Sketches;
import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.Settings;
import io.peerscope.query.history.Tier;
import io.peerscope.query.point.PointKey;
import io.peerscope.query.point.RollupRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Random minutes around the turn of a month, and what every longer tier must make of them, on every flavour. */
abstract class TiersContract {
    private static final long SEED = 20_261_121;
    private static final Instant BEGIN = Instant.parse("2026-10-30T20:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-02T11:50:00Z");
    private static final List<Shape> SHAPES =
            List.of(typed("a", "b"), typed("b", "c"), Shape.sorted("a", "c"), typed("a", "b", "c"));

    private final Ids ids = new Ids();
    private final Random random = new Random(SEED);
    private final Map<String, RollupRow> minutes = new TreeMap<>();
    private final List<Subject> subjects = List.of(subject("h1"), subject("h2"), subject("h3"));

    abstract FreshDatabase fresh();

    private static Subject subject(String host) {
        return new Subject(host, "host", Labels.none());
    }

    /** Of these, {@code b} is a counter; of {@code a} percentiles are wanted. */
    private static Shape typed(String... fields) {
        byte[] types = new byte[fields.length];
        types[List.of(fields).indexOf("b")] = FieldType.COUNTER.number();
        return Shape.typed(fields, types);
    }

    /** A field of a bucket. */
    private record Cell(long subjectId, long start, String field) {}

    /** What stands in it; text, so that a difference can be read. */
    private record Sums(
            long count,
            double sum,
            double min,
            double max,
            double last,
            double first,
            double gain,
            Sketch sketch,
            long firstTime,
            long lastTime) {
        /** Both, where the other comes later. */
        Sums plus(Sums later) {
            return new Sums(
                    count + later.count,
                    sum + later.sum,
                    Math.min(min, later.min),
                    Math.max(max, later.max),
                    later.last,
                    first,
                    gain + later.gain + (later.first >= last ? later.first - last : later.first),
                    sketch.plus(later.sketch),
                    firstTime,
                    later.lastTime);
        }

        Sums of(String field) {
            boolean counter = field.equals("b");
            return new Sums(count, sum, min, max, last, first, counter ? gain : 0, sketch, firstTime, lastTime);
        }
    }

    @BeforeEach
    void store() throws SQLException {
        try (Connection connection = database().getConnection()) {
            ids.resolve(connection, subjects, SHAPES);
        }
        List<RollupRow> rows = new ArrayList<>();
        for (Subject subject : subjects) {
            for (Instant at = BEGIN; at.isBefore(NOW); at = at.plusSeconds(60L * (1 + random.nextInt(90)))) {
                rows.add(minute(subject, at.toEpochMilli()));
            }
        }
        put(rows);
    }

    private DataSource database() {
        return fresh().pooled();
    }

    private RollupRow minute(Subject subject, long at) {
        Shape shape = SHAPES.get(random.nextInt(SHAPES.size()));
        int fields = shape.size();
        long[] counts = random.longs(fields, 1, 13).toArray();
        double[] sums = quarters(fields);
        boolean counter = shape.indexOf("b") >= 0;
        SortedMap<Integer, Sketch> sketches = new TreeMap<>();
        if (shape.indexOf("a") >= 0) {
            sketches.put(shape.indexOf("a"), Sketch.ofKeys(random.ints(5, -3, 9).toArray(), 5));
        }
        return new RollupRow(
                ids.of(subject),
                Tier.MINUTE.bucket(at),
                shape,
                counts,
                sums,
                quarters(fields),
                quarters(fields),
                quarters(fields),
                quarters(fields),
                counter ? quarters(fields) : new double[0],
                Sketches.encode(sketches),
                times(at, fields, 0),
                times(at, fields, 30_000));
    }

    /** Mostly the same for all fields. */
    private long[] times(long at, int fields, int after) {
        return random.longs(random.nextBoolean() ? 1 : fields, after, after + 30_000)
                .map(millis -> Tier.MINUTE.bucket(at) + millis)
                .toArray();
    }

    /** Sums of such numbers are exact, in whatever order. */
    private double[] quarters(int count) {
        return random.ints(count, 0, 4000).mapToDouble(i -> i / 4.0).toArray();
    }

    private void put(List<RollupRow> rows) throws SQLException {
        rows.forEach(row -> minutes.put(row.subjectId() + "@" + row.start(), row));
        try (Connection connection = database().getConnection()) {
            connection.setAutoCommit(false);
            new MinuteRollups(ids).put(connection, rows);
            connection.commit();
        }
    }

    private Map<Cell, Sums> expected(Tier tier, Instant until) {
        return minutes.values().stream()
                .filter(row -> row.start() < until.toEpochMilli())
                .sorted(Comparator.comparingLong(RollupRow::start))
                .flatMap(row -> IntStream.range(0, row.shape().size())
                        .mapToObj(i -> Map.entry(
                                new Cell(
                                        row.subjectId(),
                                        tier.bucket(row.start()),
                                        row.shape().field(i)),
                                sums(row, i))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Sums::plus))
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, cell -> cell.getValue()
                        .of(cell.getKey().field())));
    }

    private static Sums sums(RollupRow row, int i) {
        boolean counter = row.gains().length > 0;
        return new Sums(
                row.counts()[i],
                row.sums()[i],
                row.mins()[i],
                row.maxs()[i],
                row.lasts()[i],
                row.firsts()[i],
                counter ? row.gains()[i] : 0,
                Sketches.decode(row.sketches()).getOrDefault(i, Sketch.empty()),
                row.firstTimes()[row.firstTimes().length == 1 ? 0 : i],
                row.lastTimes()[row.lastTimes().length == 1 ? 0 : i]);
    }

    private Map<Cell, Sums> stored(Tier tier) throws SQLException {
        Map<Cell, Sums> stored = new HashMap<>();
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select r.subject_id, r.time, f.field, r.counts[f.idx],"
                        + " r.sums[f.idx], r.mins[f.idx], r.maxs[f.idx], r.lasts[f.idx], r.firsts[f.idx], r.gains[f.idx],"
                        + " r.sketches, f.idx - 1, coalesce(r.first_times[f.idx], r.first_times[1]),"
                        + " coalesce(r.last_times[f.idx], r.last_times[1]) from " + tier.table()
                        + " r join shape_field f on f.shape_id = r.shape_id")) {
            while (rows.next()) {
                stored.put(
                        new Cell(rows.getLong(1), rows.getTimestamp(2).getTime(), rows.getString(3)),
                        new Sums(
                                        rows.getLong(4),
                                        rows.getDouble(5),
                                        rows.getDouble(6),
                                        rows.getDouble(7),
                                        rows.getDouble(8),
                                        rows.getDouble(9),
                                        rows.getDouble(10),
                                        sketch(rows.getBytes(11), rows.getInt(12)),
                                        rows.getLong(13),
                                        rows.getLong(14))
                                .of(rows.getString(3)));
            }
        }
        return stored;
    }

    private static Sketch sketch(byte @Nullable [] bytes, int field) {
        return bytes == null ? Sketch.empty() : Sketches.decode(bytes).getOrDefault(field, Sketch.empty());
    }

    private void allAreRight() throws SQLException {
        assertThat(stored(Tier.HOUR)).isEqualTo(expected(Tier.HOUR, Instant.parse("2026-11-02T11:00:00Z")));
        assertThat(stored(Tier.DAY)).isEqualTo(expected(Tier.DAY, Instant.parse("2026-11-02T00:00:00Z")));
        assertThat(stored(Tier.MONTH)).isEqualTo(expected(Tier.MONTH, Instant.parse("2026-11-01T00:00:00Z")));
    }

    @Test
    void everyTierIsWhatItsMinutesAddUpTo() throws SQLException {
        Tiers tiers = new Tiers(database(), new Ids());
        tiers.run(NOW);

        allAreRight();
        try (Connection connection = database().getConnection()) {
            assertThat(Tiers.reach(connection).until())
                    .containsEntry(Tier.HOUR, Instant.parse("2026-11-02T11:00:00Z"))
                    .containsEntry(Tier.MONTH, Instant.parse("2026-11-01T00:00:00Z"));
        }
        assertThat(tiers.run(NOW)).as("nothing is left to do").isZero();
    }

    @Test
    void aDayOfLateDataHealsEveryTier() throws SQLException {
        Tiers tiers = new Tiers(database(), new Ids());
        tiers.run(NOW);
        List<RollupRow> late = new ArrayList<>();
        for (int i = 0; i < 1440; i += 7) {
            Subject subject = subjects.get(random.nextInt(subjects.size()));
            late.add(minute(subject, Instant.parse("2026-10-31T00:00:00Z").toEpochMilli() + i * 60_000L));
        }
        put(late);

        assertThat(tiers.run(NOW)).isPositive();
        allAreRight();
    }

    @Test
    void workGoesOnWhereItStopped() throws SQLException {
        for (Instant now = BEGIN; now.isBefore(NOW); now = now.plus(Duration.ofHours(17))) {
            new Tiers(database(), new Ids()).run(now);
        }
        new Tiers(database(), new Ids()).run(NOW);
        allAreRight();
    }

    @Test
    void aSubjectThatChangesWhileItsBucketIsMadeIsMadeAgain() throws SQLException {
        new Tiers(database(), new Ids()).run(NOW);
        RollupRow changed = minute(
                subjects.getFirst(), Instant.parse("2026-11-02T10:30:00Z").toEpochMilli());
        put(List.of(changed));
        put(List.of(minute(
                subjects.getFirst(), Instant.parse("2026-11-02T10:31:00Z").toEpochMilli())));
        try (Connection connection = database().getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select version from tier_work where subject_id = ?")) {
            select.setLong(1, changed.subjectId());
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getInt(1)).isEqualTo(1);
            }
        }
        new Tiers(database(), new Ids()).run(NOW);
        allAreRight();
    }

    /** Longer retention is no promise of what is gone; shorter retention holds at the next run. */
    @Test
    void retentionMayChangeWhileItRuns() throws SQLException {
        Settings configured = Settings.of(
                Arrays.stream(Setting.values()).collect(Collectors.toMap(Function.identity(), Setting::max)));
        Settings[] now = {configured};
        Retention.Policy any = new Retention.Policy(
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(1));
        Retention retention = new Retention(database(), () -> any.with(now[0]));
        new Tiers(database(), ids).run(NOW);
        retention.run(NOW);
        assertThat(stored(Tier.MINUTE)).hasSize(minutesCells());
        assertThat(retention.rawSince(NOW)).isEqualTo(NOW.minus(Duration.ofDays(30)));

        now[0] = configured.with(Map.of(Setting.RETENTION_RAW, 6.0, Setting.RETENTION_1M, 1.0));
        retention.run(NOW);
        Instant oldest = NOW.minus(Duration.ofDays(2));
        assertThat(stored(Tier.MINUTE).keySet())
                .isNotEmpty()
                .hasSizeLessThan(minutesCells())
                .allMatch(cell -> cell.start() >= oldest.toEpochMilli());

        now[0] = configured;
        retention.run(NOW);
        assertThat(retention.rawSince(NOW))
                .as("only whole chunks or days went")
                .isBeforeOrEqualTo(NOW.minus(Duration.ofHours(7)));
        try (Connection connection = database().getConnection()) {
            assertThat(Tiers.reach(connection).since(Tier.MINUTE)).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
        }
    }

    /** An hour of which minutes were dropped cannot be made again; it and the longer tiers keep what they have. */
    @Test
    void whatIsLateForDroppedMinutesDestroysNoLongerTier() throws SQLException {
        Tiers tiers = new Tiers(database(), new Ids());
        tiers.run(NOW);
        Map<Cell, Sums> hours = stored(Tier.HOUR);
        Map<Cell, Sums> days = stored(Tier.DAY);
        Duration year = Duration.ofDays(365);
        Retention retention = new Retention(
                database(),
                new Retention.Policy(year, Duration.ofDays(1), year, year, year, year, year, year, year, year));
        retention.run(NOW);
        put(List.of(minute(
                subjects.getFirst(), Instant.parse("2026-10-31T23:58:00Z").toEpochMilli())));

        tiers.run(NOW);
        assertThat(tiers.givenUp()).isEqualTo(1);
        assertThat(stored(Tier.HOUR)).isEqualTo(hours);
        assertThat(stored(Tier.DAY)).isEqualTo(days);
        assertThat(tiers.run(NOW)).as("nothing is left to do").isZero();
    }

    @Test
    void minutesGoAndHoursStay() throws SQLException {
        Retention retention = new Retention(
                database(),
                new Retention.Policy(
                        Duration.ofHours(6),
                        Duration.ofDays(1),
                        Duration.ofDays(30),
                        Duration.ofDays(365),
                        Duration.ofDays(365),
                        Duration.ofDays(30),
                        Duration.ofDays(30),
                        Duration.ofDays(7),
                        Duration.ofDays(365),
                        Duration.ofDays(7)));
        retention.run(NOW);
        assertThat(stored(Tier.MINUTE)).as("what the hours still need stays").hasSize(minutesCells());

        new Tiers(database(), new Ids()).run(NOW);
        Map<Cell, Sums> hours = stored(Tier.HOUR);
        retention.run(NOW);

        Instant oldest = NOW.minus(Duration.ofDays(2));
        assertThat(stored(Tier.MINUTE).keySet()).allMatch(cell -> cell.start() >= oldest.toEpochMilli());
        Map<Cell, Sums> kept = stored(Tier.HOUR);
        Instant month = NOW.minus(Duration.ofDays(30));
        assertThat(kept.keySet())
                .containsAll(hours.keySet().stream()
                        .filter(cell -> cell.start() >= month.toEpochMilli())
                        .toList());
        assertThat(stored(Tier.MONTH)).isNotEmpty();
    }

    private int minutesCells() {
        return minutes.values().stream().mapToInt(row -> row.shape().size()).sum();
    }

    @Test
    void anHourWithoutAnyMinuteLeftGoes() throws SQLException {
        new Tiers(database(), new Ids()).run(NOW);
        long hour = Tier.HOUR.bucket(Instant.parse("2026-11-02T10:30:00Z").toEpochMilli());
        List<PointKey> all = minutes.values().stream()
                .map(RollupRow::key)
                .filter(key -> Tier.HOUR.bucket(key.time()) == hour)
                .toList();
        minutes.values().removeIf(row -> all.contains(row.key()));
        try (Connection connection = database().getConnection()) {
            connection.setAutoCommit(false);
            new MinuteRollups(ids).delete(connection, all);
            connection.commit();
        }
        new Tiers(database(), new Ids()).run(NOW);
        allAreRight();
    }

    @Test
    void whereATierBeginsIsNotedBeforeItsFirstBucketIsOver() throws SQLException {
        Tiers tiers = new Tiers(database(), new Ids());
        tiers.run(BEGIN);
        long before = BEGIN.minus(Duration.ofHours(5)).toEpochMilli();
        put(List.of(minute(subjects.getFirst(), before)));

        tiers.run(NOW);
        assertThat(stored(Tier.HOUR).keySet())
                .as("what is older than the beginning leaves word")
                .anyMatch(cell -> cell.start() == Tier.HOUR.bucket(before));
        allAreRight();
    }
}
