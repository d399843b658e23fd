package io.peerscope.query.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.RollupPlan;
import io.peerscope.contracts.rollup.RollupSum;
import io.peerscope.query.history.Aggregate;
import io.peerscope.query.history.Grouping;
import io.peerscope.query.history.HistoryAnswer;
import io.peerscope.query.history.HistoryPlanner;
import io.peerscope.query.history.HistoryRequest;
import io.peerscope.query.history.Series;
import io.peerscope.query.history.Tier;
import io.peerscope.query.point.PointKey;
import io.peerscope.query.point.PointRow;
import io.peerscope.query.point.RollupRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same question has the same answer, whichever tier it is made of; on every flavour. */
abstract class AgreementContract {
    private static final long SEED = Long.getLong("peerscope.test.seed", 20_261_121);
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final long BEGIN = Instant.parse("2026-11-20T00:00:00Z").toEpochMilli();
    private static final long NOW = BEGIN + DAY + HOUR / 2;
    private static final String COUNTER = "bytes_sent";
    private static final String UNKNOWN = "odd_gauge";
    private static final List<String> FIELDS = List.of(COUNTER, "cpu_usage", UNKNOWN, "requests");
    /** Of which one is told by its sender: it is a delta. */
    private static final Shape SHAPE =
            Shape.typed(FIELDS.toArray(String[]::new), new byte[] {0, 0, 0, FieldType.DELTA.number()});

    private static final MetricCatalogue CATALOGUE = MetricCatalogue.load();

    private final Ids ids = new Ids();
    private final Random random = new Random(SEED);
    private final RollupPlan plan = new RollupPlan(CATALOGUE);

    abstract FreshDatabase fresh();

    /** Hosts that begin when they like, report as often as they like, and are away for minutes and hours. */
    @BeforeEach
    void store() throws SQLException {
        try (Connection connection = fresh().pooled().getConnection()) {
            for (int host = 0; host < 3; host++) {
                Subject subject = new Subject("h" + host, "host", Labels.none());
                ids.resolve(connection, Set.of(subject), Set.of(SHAPE));
                ids.remember(connection, Stream.of(new Ids.Sent(ids.of(subject), ids.of(SHAPE))));
                TreeMap<Long, PointRow> points = points(ids.of(subject), BEGIN + random.nextLong(5 * HOUR));
                new RawPoints(ids).insert(connection, points.values());
                new MinuteRollups(ids).put(connection, minutes(ids.of(subject), points));
            }
        }
        new Tiers(fresh().pooled(), new Ids()).run(Instant.ofEpochMilli(NOW));
    }

    private TreeMap<Long, PointRow> points(long subject, long from) {
        TreeMap<Long, PointRow> points = new TreeMap<>();
        double counter = random.nextInt(1_000_000);
        double other = 0;
        int every = 5_000 + random.nextInt(60_000);
        for (long at = from; at < BEGIN + DAY - 20 * 60_000; at += 1 + random.nextInt(2 * every)) {
            counter = random.nextInt(300) == 0 ? random.nextInt(50) : counter + random.nextInt(4_000);
            // what nobody knows is taken for a counter, though it swings below zero
            other = random.nextInt(50) == 0 ? random.nextInt(90) : other + random.nextInt(8_000) - 4_000;
            // Several hosts speak at the very same time: which of them was the last one?
            long time = random.nextBoolean() ? at : at / 60_000 * 60_000 + 59_000;
            double[] values = {counter, Math.exp(random.nextGaussian() * 2), other, random.nextInt(9)};
            points.put(time, new PointRow(subject, time, SHAPE, values, Map.of()));
            if (random.nextInt(400) == 0) {
                at += random.nextLong(3 * HOUR);
            }
        }
        return points;
    }

    private List<RollupRow> minutes(long subject, TreeMap<Long, PointRow> points) {
        TreeMap<Long, RollupSum> sums = new TreeMap<>();
        points.forEach((time, point) -> sums.computeIfAbsent(
                        Tier.MINUTE.bucket(time), start -> new RollupSum(Shape.sorted(), plan))
                .add(SHAPE, time, point.values()));
        List<RollupRow> minutes = new ArrayList<>();
        sums.forEach((start, sum) -> minutes.add(RollupRow.of(new PointKey(subject, start), sum)));
        return minutes;
    }

    private HistoryAnswer answer(Tier tier, Aggregate aggregate, List<String> groupBy, int maxPoints) {
        Map<Tier, Duration> kept =
                switch (tier) {
                    case RAW -> Map.of(Tier.RAW, Duration.ofDays(30));
                    case MINUTE -> Map.of(Tier.MINUTE, Duration.ofDays(30));
                    case HOUR -> Map.of(Tier.HOUR, Duration.ofDays(30));
                    case DAY -> Map.of(Tier.DAY, Duration.ofDays(30));
                    case MONTH -> Map.of();
                };
        HistoryPlanner planner =
                new HistoryPlanner(new HistoryPlanner.Limits(kept, 10_000_000, 10_000_000), field -> true);
        HistoryRequest request = new HistoryRequest(
                Instant.ofEpochMilli(BEGIN),
                Instant.ofEpochMilli(BEGIN + DAY),
                FIELDS,
                List.of(),
                "host",
                Map.of(),
                aggregate,
                Grouping.of(groupBy),
                maxPoints);
        HistoryAnswer answer = new HistoryReader(fresh().pooled(), planner, CATALOGUE, Duration.ofSeconds(20))
                .answer(request, Instant.ofEpochMilli(NOW));
        assertThat(answer.tier()).isEqualTo(tier.word());
        return answer;
    }

    @Test
    void everyTierAgreesOnEveryAggregate() {
        for (Aggregate aggregate : Aggregate.values()) {
            for (List<String> groupBy : List.of(List.<String>of(), List.of("none"))) {
                for (Tier tier : List.of(Tier.MINUTE, Tier.HOUR, Tier.DAY)) {
                    for (int maxPoints : tier == Tier.MINUTE ? List.of(96, 24, 5, 1) : List.of(12, 1)) {
                        if (tier == Tier.DAY && (maxPoints > 1 || isSketch(aggregate, UNKNOWN))) {
                            continue;
                        }
                        compare(aggregate, groupBy, tier, maxPoints);
                    }
                }
            }
        }
    }

    private void compare(Aggregate aggregate, List<String> groupBy, Tier tier, int maxPoints) {
        HistoryAnswer raw = answer(Tier.RAW, aggregate, groupBy, maxPoints);
        HistoryAnswer other = answer(tier, aggregate, groupBy, maxPoints);
        String what = "%s by %s of %s in %d, seed %d".formatted(aggregate, groupBy, tier, maxPoints, SEED);
        assertThat(other.stepSeconds()).as(what).isEqualTo(raw.stepSeconds());
        for (Series series : raw.series()) {
            if (isSketch(aggregate, series.metric()) && !CATALOGUE.hasPercentiles(series.metric())) {
                continue;
            }
            Series same = other.series().stream()
                    .filter(each -> each.metric().equals(series.metric())
                            && String.valueOf(each.host()).equals(String.valueOf(series.host())))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(what + ": no " + series.metric() + " of " + series.host()));
            assertThat(same.points()).as(what + " " + series.metric()).hasSameSizeAs(series.points());
            for (int i = 0; i < series.points().size(); i++) {
                List<@Nullable Number> wanted = series.points().get(i);
                List<@Nullable Number> found = same.points().get(i);
                assertThat(found.getFirst()).as(what).isEqualTo(wanted.getFirst());
                double value = number(wanted.getLast());
                double error = aggregate.share().isPresent() ? 0.0101 : 1e-9;
                assertThat(number(found.getLast()))
                        .as("%s: %s of %s, step %d", what, series.metric(), series.host(), i)
                        .isCloseTo(value, within(error * Math.abs(value)));
            }
        }
    }

    private static boolean isSketch(Aggregate aggregate, String field) {
        return aggregate.share().isPresent() && !CATALOGUE.hasPercentiles(field);
    }

    private static double number(@Nullable Number number) {
        return number == null ? Double.NaN : number.doubleValue();
    }
}
