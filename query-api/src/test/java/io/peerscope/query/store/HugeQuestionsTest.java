package io.peerscope.query.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.query.history.Aggregate;
import io.peerscope.query.history.Grouping;
import io.peerscope.query.history.HistoryPlanner;
import io.peerscope.query.history.HistoryRequest;
import io.peerscope.query.history.RangeTooWideException;
import io.peerscope.query.history.Tier;
import io.peerscope.query.point.PointRow;
import io.peerscope.query.point.RollupRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is too much is refused before it is read, and what turns out to be too much while it is. Rows are counted. */
class HugeQuestionsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration RANGE = Duration.ofDays(30);
    private static final MetricCatalogue CATALOGUE = MetricCatalogue.load();
    private static final int HOSTS = 200;
    private static final String[] METRICS =
            IntStream.range(0, 20).mapToObj(i -> "m%02d".formatted(i)).toArray(String[]::new);

    @RegisterExtension
    final FreshDatabase fresh = FreshDatabase.plain();

    private final Ids ids = new Ids();
    private final Shape shape = Shape.sorted(METRICS);
    private final List<Subject> hosts = IntStream.range(0, HOSTS)
            .mapToObj(i -> new Subject("h" + i, "host", Labels.none()))
            .toList();

    /** A minute at the beginning of the range from each host. */
    @BeforeEach
    void store() throws SQLException {
        try (Connection connection = fresh.get().getConnection()) {
            ids.resolve(connection, hosts, Set.of(shape));
            ids.remember(connection, hosts.stream().map(host -> new Ids.Sent(ids.of(host), ids.of(shape))));
            long[] counts = new long[METRICS.length];
            double[] ones = new double[METRICS.length];
            List<RollupRow> minutes = new ArrayList<>();
            for (Subject host : hosts) {
                minutes.add(new RollupRow(
                        ids.of(host), NOW.minus(RANGE).toEpochMilli(), shape, counts, ones, ones, ones, ones));
            }
            new MinuteRollups(ids).insert(connection, minutes);
        }
    }

    private static HistoryRequest request(List<String> metrics, Duration range, String groupBy, int maxPoints) {
        return new HistoryRequest(
                NOW.minus(range),
                NOW,
                metrics,
                List.of(),
                null,
                Map.of(),
                Aggregate.AVG,
                Grouping.of(List.of(groupBy)),
                maxPoints);
    }

    private static HistoryReader reader(CountingDatabase database, int mostPoints) {
        Map<Tier, Duration> kept = Map.of(Tier.RAW, Duration.ofDays(1), Tier.MINUTE, RANGE);
        HistoryPlanner planner = new HistoryPlanner(
                new HistoryPlanner.Limits(kept, 400_000, 3_000_000, 2_000, mostPoints), CATALOGUE::hasPercentiles);
        return new HistoryReader(database.get(), planner, CATALOGUE, Duration.ofSeconds(10));
    }

    /** @return rows that were read until then */
    private long refused(HistoryRequest request, int mostPoints, String limit) {
        CountingDatabase database = new CountingDatabase(fresh.get());
        assertThatThrownBy(() -> reader(database, mostPoints).answer(request, NOW))
                .isInstanceOf(RangeTooWideException.class)
                .hasMessageContaining(limit);
        return database.rows();
    }

    @Test
    void whatIsTooMuchIsRefusedByItsSubjectsAndNotByItsRows() {
        List<String> all = List.of(METRICS);
        long bookkeeping = 2 * HOSTS + METRICS.length + 20;
        assertThat(refused(request(all, RANGE, "subject", 10_000), 500_000, "4000 series; the limit is 2000"))
                .isLessThan(bookkeeping);
        assertThat(refused(
                        request(all.subList(0, 1), RANGE, "subject", 10_000), 500_000, "points; the limit is 500000"))
                .isLessThan(bookkeeping);
        assertThat(refused(request(all, RANGE, "none", 500), 500_000, "rows, counted for each metric; the limit is"))
                .isLessThan(bookkeeping);
    }

    @Test
    void subjectsThatSentNothingInThatTimeAreNotCounted() throws SQLException {
        Instant later = NOW.minusSeconds(60);
        try (Connection connection = fresh.get().getConnection()) {
            new RawPoints(ids)
                    .insert(
                            connection,
                            List.of(new PointRow(
                                    ids.of(hosts.getFirst()),
                                    later.toEpochMilli(),
                                    shape,
                                    new double[METRICS.length],
                                    Map.of())));
        }
        CountingDatabase database = new CountingDatabase(fresh.get());
        assertThat(reader(database, 500_000)
                        .answer(request(List.of(METRICS), Duration.ofHours(1), "subject", 500), NOW)
                        .series())
                .hasSize(METRICS.length)
                .allSatisfy(series -> assertThat(series.host()).isEqualTo("h0"));
    }

    /** Hosts that send five times as often as is usual. */
    @Test
    void readingStopsWhereItTurnsOutToBeTooMuch() throws SQLException {
        long from = NOW.minusSeconds(3_000).toEpochMilli();
        try (Connection connection = fresh.get().getConnection()) {
            List<PointRow> points = new ArrayList<>();
            for (int second = 0; second < 3_000; second++) {
                points.add(new PointRow(
                        ids.of(hosts.getFirst()), from + second * 1_000, shape, new double[METRICS.length], Map.of()));
            }
            new RawPoints(ids).insert(connection, points);
        }
        HistoryRequest request = request(List.of("m00"), Duration.ofSeconds(3_000), "none", 10_000);
        assertThat(refused(request, 1_000, "more than 1000 points")).isBetween(1_000L, 1_000L + 2 * HOSTS + 20);
    }
}
