package io.peerscope.query.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import io.peerscope.query.detect.ExpectationMaker;
import io.peerscope.query.detect.Made;
import io.peerscope.query.detect.SeriesPast;
import io.peerscope.query.history.Aggregate;
import io.peerscope.query.history.Grouping;
import io.peerscope.query.history.HistoryAnswer;
import io.peerscope.query.history.HistoryPlanner;
import io.peerscope.query.history.HistoryRequest;
import io.peerscope.query.history.Tier;
import io.peerscope.query.trend.Direction;
import io.peerscope.query.trend.SeriesTrend;
import io.peerscope.query.trend.Trends;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Weeks of stored hours and days, and what becomes of them. */
abstract class TrendsContract {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final int HOURS = 28 * 24 + 1;
    private static final int DAYS = 364;
    private static final MetricCatalogue CATALOGUE = MetricCatalogue.load();
    private static final Shape FIELDS = Shape.sorted("bytes_sent", "disk_usage");
    private static final Subject HOST = new Subject("h1", "host", Labels.none());

    private final Ids ids = new Ids();

    abstract FreshDatabase fresh();

    /** A disk that gains a percent a day, and a counter whose rate gains 1 a second each day, with a reset now and then. */
    @BeforeEach
    void store() throws SQLException {
        try (Connection connection = fresh().pooled().getConnection();
                Statement progress = connection.createStatement()) {
            ids.resolve(connection, Set.of(HOST), Set.of(FIELDS));
            ids.remember(connection, Stream.of(new Ids.Sent(ids.of(HOST), ids.of(FIELDS))));
            double total = 0;
            for (int hour = 0; hour < HOURS; hour++) {
                double before = hour % 100 == 0 ? 0 : total;
                total = before + 3600 * (100 + hour / 24.0);
                double disk = 91 - (HOURS - 1 - hour) / 24.0;
                insert(connection, "rollup_1h", NOW.minus(Duration.ofHours(HOURS - hour)), disk, before, total);
            }
            Instant today = Instant.parse("2026-11-21T00:00:00Z");
            for (int day = 0; day < DAYS; day++) {
                Instant at = today.minus(Duration.ofDays(DAYS - day));
                insert(connection, "rollup_1d", at, 50 + 0.1 * day, 0, 86_400);
            }
            progress.execute("insert into tier_progress values ('1h', '" + NOW + "'), ('1d', '" + today + "')");
        }
    }

    private void insert(Connection connection, String table, Instant at, double disk, double first, double last)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into " + table
                + " (time, subject_id, shape_id, counts, sums, mins, maxs, lasts, firsts, gains)"
                + " values (?, ?, ?, '{2,2}', ?, ?, ?, ?, ?, ?)")) {
            insert.setTimestamp(1, Timestamp.from(at));
            insert.setLong(2, ids.of(HOST));
            insert.setInt(3, ids.of(FIELDS));
            double[][] columns = {
                {first + last, 2 * disk}, {first, disk}, {last, disk}, {last, disk}, {first, disk}, {last - first, 0}
            };
            for (int column = 0; column < columns.length; column++) {
                insert.setArray(4 + column, BinaryArray.of(connection, "float8", columns[column]));
            }
            insert.executeUpdate();
        }
    }

    private HistoryReader reader() {
        HistoryPlanner planner = new HistoryPlanner(
                new HistoryPlanner.Limits(
                        Map.of(Tier.HOUR, Duration.ofDays(30), Tier.DAY, Duration.ofDays(365)), 400_000, 3_000_000),
                CATALOGUE::hasPercentiles);
        return new HistoryReader(fresh().pooled(), planner, CATALOGUE, Duration.ofSeconds(10));
    }

    private Expectation.Course expected(String fields) throws RuleInvalidException {
        Rule rule = RuleDocument.read(("{" + fields + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        StoredSeries series = new StoredSeries(
                reader(), () -> new SeriesPast.Kept(Duration.ofDays(30), Duration.ofDays(7)), InstantSource.fixed(NOW));
        assertThat(series.subjects(rule)).containsExactly(HOST);
        Made made = new ExpectationMaker(series, CATALOGUE)
                .make(rule, (Measure.Detect) rule.measure(), List.of(HOST), NOW)
                .getFirst();
        return ((Made.Known) made).expectation().course();
    }

    private SeriesTrend judge(String metric, Aggregate aggregate, int days, double limit) {
        HistoryAnswer past = reader().answer(
                        new HistoryRequest(
                                NOW.minus(Duration.ofHours(days * 24 + 1)),
                                NOW,
                                List.of(metric),
                                List.of(),
                                null,
                                Map.of(),
                                aggregate,
                                Grouping.of(List.of()),
                                days * 24 + 1),
                        NOW);
        List<SeriesTrend> trends = Trends.of(past, new Trends.Question(limit, Direction.UP, 365, ""));
        assertThat(trends).hasSize(1);
        return trends.getFirst();
    }

    @Test
    void theDiskIsFullInNineDays() {
        SeriesTrend disk = judge("disk_usage", Aggregate.AVG, 28, 100);
        assertThat(disk.trend().slopePerDay()).isCloseTo(1, within(1e-9));
        assertThat(disk.forecast().inDays()).isCloseTo(9, within(0.05));
        assertThat(disk.comparison().former()).hasSize(4);
        assertThat(disk.comparison().difference()).isCloseTo(17.5, within(1e-9));
    }

    @Test
    void aCounterIsItsRateAndItsResetsAreNone() {
        SeriesTrend bytes = judge("bytes_sent", Aggregate.RATE, 28, 138);
        assertThat(bytes.trend().slopePerDay()).isCloseTo(1, within(1e-6));
        assertThat(bytes.trend().levelShifts()).isEmpty();
        assertThat(bytes.forecast().inDays()).isCloseTo(10, within(0.1));
    }

    @Test
    void rulesExpectWhatTrendsTell() throws RuleInvalidException {
        var disk = (Expectation.Heading)
                expected("'id':'full','metric':'disk_usage','detect':'forecast','within':'240h','operator':'>=',"
                        + "'warning':100");
        assertThat(disk.perHour()).isCloseTo(1 / 24.0, within(1e-9));
        assertThat(disk.crossings().getFirst().at())
                .isBetween(
                        NOW.plus(Duration.ofDays(9)).minusSeconds(7_200),
                        NOW.plus(Duration.ofDays(9)).plusSeconds(7_200));
        assertThat(disk.worst(NOW.toEpochMilli())).isGreaterThan(99);

        var bytes = (Expectation.Usual)
                expected("'id':'odd','metric':'bytes_sent','detect':'anomaly','over':'1h','season':'day','warning':5");
        assertThat(bytes.middle(NOW.toEpochMilli())).isCloseTo(128, within(0.5));
    }

    @Test
    void whereHoursAreGoneDaysAreJudged() {
        SeriesTrend year = judge("disk_usage", Aggregate.AVG, 350, 100);
        assertThat(year.trend().season()).isEqualTo("week");
        assertThat(year.trend().slopePerDay()).isCloseTo(0.1, within(1e-9));
        // 86.3 yesterday
        assertThat(year.forecast().inDays()).isCloseTo(137, within(1.5));
        assertThat(year.pattern().byHour()).isEmpty();
    }
}
