package io.peerscope.query.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Staleness;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.Sketch;
import io.peerscope.contracts.rollup.Sketches;
import io.peerscope.query.history.Aggregate;
import io.peerscope.query.history.Grouping;
import io.peerscope.query.history.HistoryAnswer;
import io.peerscope.query.history.HistoryPlanner;
import io.peerscope.query.history.HistoryRequest;
import io.peerscope.query.history.RangeTooWideException;
import io.peerscope.query.history.Series;
import io.peerscope.query.history.Tier;
import io.peerscope.query.history.UnknownWordException;
import io.peerscope.query.point.PointRow;
import io.peerscope.query.point.RollupRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Known samples, known answers, on every flavour. */
abstract class HistoryContract {
    /** A whole hour, so that steps of a minute start with it. */
    private static final long T = Instant.parse("2026-11-21T10:00:00Z").toEpochMilli();

    private static final long MINUTE = 60_000;
    private static final MetricCatalogue CATALOGUE = MetricCatalogue.load();
    private static final Subject H1 = new Subject("h1", "host", Labels.of("region", "eu"));
    private static final Subject H2 = new Subject("h2", "host", Labels.of("region", "us"));
    private static final Subject LINK = new Subject("h1", "connection", Labels.of("peer", "h2"));
    private static final Shape CPU = Shape.sorted("bytes_total", "cpu_usage");
    private static final Shape LATENCY = Shape.sorted("latency_ms");

    private final Ids ids = new Ids();

    abstract FreshDatabase fresh();

    @BeforeEach
    void store() throws SQLException {
        try (Connection connection = fresh().pooled().getConnection()) {
            ids.resolve(connection, Set.of(H1, H2, LINK), Set.of(CPU, LATENCY));
            List<PointRow> points = new ArrayList<>();
            for (int second = 0; second < 120; second += 10) {
                // the counter gains 5 a second and starts again from zero after a minute
                points.add(row(H1, T + second * 1000L, CPU, second % 60 * 5, second));
                points.add(row(H2, T + second * 1000L, CPU, 0, 100));
                points.add(row(LINK, T + second * 1000L, LATENCY, 40));
            }
            new RawPoints(ids).insert(connection, points);
            ids.remember(connection, points.stream().map(row -> new Ids.Sent(row.subjectId(), ids.of(row.shape()))));
            new MinuteRollups(ids)
                    .insert(
                            connection,
                            List.of(
                                    minute(T - 3 * MINUTE, 6, 60, 5, 15, 14),
                                    minute(T - 2 * MINUTE, 6, 120, 10, 30, 25)));
        }
    }

    private PointRow row(Subject subject, long time, Shape shape, double... values) {
        return new PointRow(ids.of(subject), time, shape, values, Map.of());
    }

    private RollupRow minute(long start, long count, double sum, double min, double max, double last) {
        return new RollupRow(
                ids.of(H1),
                start,
                CPU,
                new long[] {count, count},
                new double[] {0, sum},
                new double[] {0, min},
                new double[] {0, max},
                new double[] {0, last});
    }

    private static HistoryRequest request(Aggregate aggregate, String groupBy, String... metrics) {
        return new HistoryRequest(
                Instant.ofEpochMilli(T),
                Instant.ofEpochMilli(T + 2 * MINUTE),
                List.of(metrics),
                List.of(),
                null,
                Map.of(),
                aggregate,
                Grouping.of(groupBy.isEmpty() ? List.of() : List.of(groupBy.split(","))),
                2);
    }

    private static HistoryPlanner planner(Duration rawKept) {
        return new HistoryPlanner(
                new HistoryPlanner.Limits(
                        Map.of(Tier.RAW, rawKept, Tier.MINUTE, Duration.ofDays(7)), 400_000, 3_000_000),
                CATALOGUE::hasPercentiles);
    }

    private HistoryAnswer answer(HistoryRequest request, Duration rawKept) {
        HistoryPlanner planner = planner(rawKept);
        return new HistoryReader(fresh().pooled(), planner, CATALOGUE, Duration.ofSeconds(10))
                .answer(request, Instant.ofEpochMilli(T + 2 * MINUTE));
    }

    private String points(HistoryAnswer answer, String host) {
        return answer.series().stream()
                .filter(series -> host.equals(series.host()))
                .map(series -> series.points().toString())
                .reduce("", String::concat);
    }

    private void both(Aggregate aggregate, String first, String second) {
        HistoryAnswer answer = answer(request(aggregate, "", "cpu_usage"), Duration.ofDays(1));
        assertThat(points(answer, "h1")).isEqualTo("[[%d, %s], [%d, %s]]".formatted(T, first, T + MINUTE, second));
    }

    @Test
    void everyAggregateOfRawPoints() {
        both(Aggregate.AVG, "25.0", "85.0");
        both(Aggregate.MIN, "0.0", "60.0");
        both(Aggregate.MAX, "50.0", "110.0");
        both(Aggregate.SUM, "150.0", "510.0");
        both(Aggregate.COUNT, "6", "6");
        both(Aggregate.LAST, "50.0", "110.0");
        // the value at rank floor(q (n - 1)): none that nobody sent
        both(Aggregate.P50, "20.0", "80.0");
        both(Aggregate.P95, "40.0", "100.0");
    }

    @Test
    void aRateSurvivesAReset() {
        HistoryAnswer answer = answer(request(Aggregate.RATE, "", "bytes_total"), Duration.ofDays(1));
        // the second minute: from the reset to 0, then five steps of 50 in 60 s
        assertThat(points(answer, "h1")).isEqualTo("[[%d, 5.0], [%d, %s]]".formatted(T, T + MINUTE, 250.0 / 60));
        HistoryAnswer increase = answer(request(Aggregate.INCREASE, "", "bytes_total"), Duration.ofDays(1));
        assertThat(points(increase, "h1")).isEqualTo("[[%d, 250.0], [%d, 250.0]]".formatted(T, T + MINUTE));
    }

    @Test
    void whatIsNoNumberIsPassedOverAndAStepWithoutNumbersIsNull() throws SQLException {
        Subject odd = new Subject("odd", "host", Labels.none());
        insert(
                odd,
                LATENCY,
                row(T, Double.NaN),
                row(T + 1000, 10),
                row(T + 2000, Double.POSITIVE_INFINITY),
                row(T + 2500, Double.MAX_VALUE),
                row(T + 3000, 20),
                row(T + 4000, Staleness.MARKER),
                row(T + MINUTE, Double.NEGATIVE_INFINITY));
        for (Map.Entry<Aggregate, String> each : Map.of(
                        Aggregate.AVG, "15.0",
                        Aggregate.MIN, "10.0",
                        Aggregate.MAX, "20.0",
                        Aggregate.SUM, "30.0",
                        Aggregate.LAST, "20.0",
                        Aggregate.P50, "10.0")
                .entrySet()) {
            HistoryAnswer answer = answer(request(each.getKey(), "", "latency_ms"), Duration.ofDays(1));
            assertThat(points(answer, "odd"))
                    .as(each.getKey().word())
                    .isEqualTo("[[%d, %s], [%d, null]]".formatted(T, each.getValue(), T + MINUTE));
        }
        assertThat(points(answer(request(Aggregate.COUNT, "", "latency_ms"), Duration.ofDays(1)), "odd"))
                .isEqualTo("[[%d, 2], [%d, 0]]".formatted(T, T + MINUTE));
    }

    @Test
    void aRateIsOfTheTypeThatTheSenderSays() throws SQLException {
        double[] values = {10, 40, 10, 70};
        for (FieldType type : FieldType.values()) {
            List<PointRow> rows = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                rows.add(row(T + i * 10_000L, values[i]));
            }
            insert(
                    new Subject(type.name().toLowerCase(Locale.ROOT), "host", Labels.none()),
                    Shape.typed(new String[] {"requests"}, new byte[] {type.number()}),
                    rows.toArray(PointRow[]::new));
        }
        HistoryAnswer answer = answer(request(Aggregate.RATE, "", "requests"), Duration.ofDays(1));
        // 30 up, a reset to 10, 60 up; over 30 s
        assertThat(points(answer, "counter")).isEqualTo("[[%d, %s]]".formatted(T, 100 / 30.0));
        assertThat(points(answer, "unknown")).isEqualTo("[[%d, %s]]".formatted(T, 100 / 30.0));
        assertThat(points(answer, "gauge")).isEqualTo("[[%d, %s]]".formatted(T, 60 / 30.0));
        // 130 in a step of 60 s, all of which was
        assertThat(points(answer, "delta")).isEqualTo("[[%d, %s]]".formatted(T, 130 / 60.0));
    }

    @Test
    void theCatalogueKnowsTheTypeWhereTheSenderDoesNotTell() {
        HistoryAnswer answer = answer(request(Aggregate.RATE, "", "latency_ms", "cpu_usage"), Duration.ofDays(1));
        // a gauge that rises by 10 in 10 s
        assertThat(points(answer, "h1")).contains("[%d, 1.0]".formatted(T)).contains("[%d, 0.0]".formatted(T));
    }

    private void insert(Subject subject, Shape shape, PointRow... rows) throws SQLException {
        try (Connection connection = fresh().pooled().getConnection()) {
            ids.resolve(connection, Set.of(subject), Set.of(shape));
            List<PointRow> points = new ArrayList<>();
            for (PointRow each : rows) {
                points.add(row(subject, each.time(), shape, each.values()));
            }
            ids.remember(connection, Stream.of(new Ids.Sent(ids.of(subject), ids.of(shape))));
            new RawPoints(ids).insert(connection, points);
        }
    }

    private static PointRow row(long time, double value) {
        return new PointRow(0, time, LATENCY, new double[] {value}, Map.of());
    }

    @Test
    void seriesCarryWhatTheyHaveInCommon() {
        HistoryAnswer each = answer(request(Aggregate.AVG, "", "cpu_usage", "latency_ms"), Duration.ofDays(1));
        assertThat(each.tier()).isEqualTo("raw");
        assertThat(each.stepSeconds()).isEqualTo(60);
        assertThat(each.series())
                .extracting(Series::metric, Series::host, Series::labels)
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        "(\"cpu_usage\", \"h1\", {\"region\"=\"eu\"})",
                        "(\"cpu_usage\", \"h2\", {\"region\"=\"us\"})",
                        "(\"latency_ms\", \"h1\", {\"peer\"=\"h2\"})");

        assertThat(answer(request(Aggregate.SUM, "none", "cpu_usage"), Duration.ofDays(1))
                        .series())
                .singleElement()
                .satisfies(all -> assertThat(all.points().get(0)).isEqualTo(List.of(T, 750.0)));

        assertThat(answer(request(Aggregate.AVG, "region", "cpu_usage"), Duration.ofDays(1))
                        .series())
                .extracting(Series::labels)
                .containsExactlyInAnyOrder(Map.of("region", "eu"), Map.of("region", "us"));
    }

    @Test
    void labelsHostsAndKindNarrow() {
        HistoryRequest base = request(Aggregate.AVG, "", "cpu_usage", "latency_ms");
        HistoryRequest narrowed = new HistoryRequest(
                base.from(),
                base.to(),
                base.metrics(),
                List.of("h1"),
                "connection",
                Map.of("peer", Set.of("h2")),
                Aggregate.AVG,
                base.grouping(),
                2);
        assertThat(answer(narrowed, Duration.ofDays(1)).series())
                .extracting(Series::metric)
                .containsExactly("latency_ms");
    }

    /** Values that people give: any text, several of them, and none. */
    @Test
    void labelsAreAnyOfTheirValues() throws SQLException {
        for (String map : List.of("a", "a, b: \"c\"", "")) {
            insert(
                    new Subject("maps", "map", map.isEmpty() ? Labels.none() : Labels.of("map", map)),
                    LATENCY,
                    row(T, map.length()));
        }
        assertThat(valuesOf(Set.of("a"))).containsExactly(1.0);
        assertThat(valuesOf(Set.of("a", "a, b: \"c\""))).containsExactlyInAnyOrder(1.0, 9.0);
        assertThat(valuesOf(Set.of(""))).containsExactly(0.0);
        assertThat(valuesOf(Set.of("", "a"))).containsExactlyInAnyOrder(0.0, 1.0);
        assertThat(valuesOf(Set.of("b"))).isEmpty();
    }

    private List<Double> valuesOf(Set<String> maps) {
        HistoryRequest request = new HistoryRequest(
                Instant.ofEpochMilli(T),
                Instant.ofEpochMilli(T + MINUTE),
                List.of("latency_ms"),
                List.of(),
                "map",
                Map.of("map", maps),
                Aggregate.AVG,
                new Grouping.Each(),
                1);
        return answer(request, Duration.ofDays(1)).series().stream()
                .map(series -> Objects.requireNonNull(series.points().getFirst().get(1))
                        .doubleValue())
                .toList();
    }

    @Test
    void minutesBeforeAndRawPointsForTheEnd() {
        HistoryRequest base = request(Aggregate.AVG, "", "cpu_usage");
        HistoryRequest wider = new HistoryRequest(
                Instant.ofEpochMilli(T - 10 * MINUTE),
                Instant.ofEpochMilli(T + 8 * MINUTE),
                base.metrics(),
                List.of("h1"),
                "host",
                Map.of(),
                Aggregate.MAX,
                base.grouping(),
                100);
        // "now" is six minutes on, so raw points are read from the second minute; the first one has no roll-up
        HistoryPlanner planner = planner(Duration.ofMinutes(1));
        HistoryAnswer answer = new HistoryReader(fresh().pooled(), planner, CATALOGUE, Duration.ofSeconds(10))
                .answer(wider, Instant.ofEpochMilli(T + 6 * MINUTE));

        assertThat(answer.tier()).isEqualTo("1m");
        assertThat(points(answer, "h1"))
                .isEqualTo(
                        "[[%d, 15.0], [%d, 30.0], [%d, 110.0]]".formatted(T - 3 * MINUTE, T - 2 * MINUTE, T + MINUTE));
    }

    @Test
    void percentilesOfSeveralFieldsComeFromTheSketchesOfOneRow() throws SQLException {
        Subject subject = new Subject("h9", "host", Labels.none());
        Shape shape = Shape.sorted("cpu_usage", "disk_usage", "memory_usage");
        SortedMap<Integer, Sketch> sketches = new TreeMap<>(Map.of(0, tenTimes(20), 2, tenTimes(70)));
        double[] any = {1, 1, 1};
        try (Connection connection = fresh().pooled().getConnection()) {
            ids.resolve(connection, Set.of(subject), Set.of(shape));
            ids.remember(connection, Stream.of(new Ids.Sent(ids.of(subject), ids.of(shape))));
            new MinuteRollups(ids)
                    .insert(
                            connection,
                            List.of(new RollupRow(
                                    ids.of(subject),
                                    T - 10 * MINUTE,
                                    shape,
                                    new long[] {10, 10, 10},
                                    any,
                                    any,
                                    any,
                                    any,
                                    new double[0],
                                    new double[0],
                                    Sketches.encode(sketches),
                                    new long[0],
                                    new long[0])));
        }
        HistoryRequest request = new HistoryRequest(
                Instant.ofEpochMilli(T - 20 * MINUTE),
                Instant.ofEpochMilli(T),
                List.of("cpu_usage", "memory_usage"),
                List.of("h9"),
                null,
                Map.of(),
                Aggregate.P50,
                Grouping.of(List.of()),
                100);
        HistoryAnswer answer = answer(request, Duration.ofMinutes(1));

        assertThat(answer.tier()).isEqualTo("1m");
        assertThat(answer.series()).extracting(Series::metric).containsExactly("cpu_usage", "memory_usage");
        assertThat(median(answer, 0)).isCloseTo(20, withinPercentage(1));
        assertThat(median(answer, 1)).isCloseTo(70, withinPercentage(1));
    }

    private static double median(HistoryAnswer answer, int series) {
        return Objects.requireNonNull(
                        answer.series().get(series).points().getFirst().get(1))
                .doubleValue();
    }

    private static Sketch tenTimes(double value) {
        Sketch.Sum sum = new Sketch.Sum();
        for (int i = 0; i < 10; i++) {
            sum.add(value);
        }
        return sum.sketch();
    }

    @Test
    void onlySubjectsThatSentTheMetricMakeAQuestionWide() {
        HistoryPlanner oneSubject = new HistoryPlanner(
                new HistoryPlanner.Limits(Map.of(Tier.RAW, Duration.ofDays(1)), 24, 24), field -> false);
        HistoryReader reader = new HistoryReader(fresh().pooled(), oneSubject, CATALOGUE, Duration.ofSeconds(10));
        Instant now = Instant.ofEpochMilli(T + 2 * MINUTE);

        HistoryAnswer link = reader.answer(request(Aggregate.AVG, "", "latency_ms"), now);
        assertThat(link.series()).extracting(Series::metric).containsExactly("latency_ms");
        assertThat(reader.answer(request(Aggregate.AVG, "", "never_sent"), now).series())
                .isEmpty();
        assertThatThrownBy(() -> reader.answer(request(Aggregate.P95, "", "cpu_usage"), now))
                .as("both hosts sent it")
                .isInstanceOf(RangeTooWideException.class);
    }

    @Test
    void groupingByWhatNobodyHasNamesWhatThereIs() {
        assertThatThrownBy(() -> answer(request(Aggregate.AVG, "regoin", "cpu_usage"), Duration.ofDays(1)))
                .isInstanceOfSatisfying(UnknownWordException.class, unknown -> {
                    assertThat(unknown.parameter()).isEqualTo("group_by");
                    assertThat(unknown.known()).containsExactly("host", "kind", "none", "region", "subject");
                });
    }
}
