package io.peerscope.query.materialize;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.query.store.FreshDatabase;
import io.peerscope.query.store.Ids;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How many samples a second are stored, decoding included, Kafka left out? {@code ./mvnw -pl query-api -am test
 * -Dtest=StoreRateTest -Dpeerscope.measure=true}; read the line that it prints.
 */
@EnabledIfSystemProperty(named = "peerscope.measure", matches = "true")
class StoreRateTest {
    private static final int HOSTS = 400;
    private static final int FIELDS = 20;
    private static final int POINTS_A_BATCH = 10;
    private static final int ROUNDS = 200;

    @RegisterExtension
    private final FreshDatabase database = FreshDatabase.timescale();

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void samplesASecond(int threads) throws Exception {
        Ids ids = new Ids();
        long start = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Long>> runs = pool.invokeAll(IntStream.range(0, threads)
                    .mapToObj(partition -> (Callable<Long>) () -> run(ids, partition))
                    .toList());
            long samples = 0;
            for (Future<Long> run : runs) {
                samples += run.get();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat(rows()).isEqualTo(samples / FIELDS);
            System.out.printf("%d threads: %.0f samples/s%n", threads, samples / seconds);
            assertThat(samples / seconds).isGreaterThan(200_000);
        }
    }

    private long rows() throws SQLException {
        try (Connection connection = database.get().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from raw_point")) {
            row.next();
            return row.getLong(1);
        }
    }

    private long run(Ids ids, int partition) throws Exception {
        Storing<PointBatch, ?> storing = new Storing<>(
                database.get(),
                new PointSink(database.get(), ids, Duration.ofSeconds(10)),
                (row, why) -> assertThat(why).isNull());
        storing.locate(List.of(partition));
        String[] names = IntStream.range(0, FIELDS)
                .mapToObj(i -> "field_%02d".formatted(i))
                .toArray(String[]::new);
        Shape shape = Shape.sorted(names);
        long time = Instant.parse("2026-11-21T10:00:00Z").toEpochMilli();
        long offset = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Delivered<PointBatch>> records = new ArrayList<>();
            for (int host = 0; host < HOSTS; host++) {
                byte[] bytes = batch("host-" + partition + "-" + host, shape, time);
                records.add(new Delivered<>(
                        new ConsumerRecord<>("metrics.points", partition, offset++, "h", bytes),
                        PointBatchCodec.decode(bytes)));
            }
            time += POINTS_A_BATCH * 1000L;
            storing.store(records, Map.of(partition, offset));
        }
        return (long) ROUNDS * HOSTS * POINTS_A_BATCH * FIELDS;
    }

    private static byte[] batch(String host, Shape shape, long time) {
        Subject subject = new Subject(host, "host", Labels.none());
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < POINTS_A_BATCH; i++) {
            double[] values = new double[FIELDS];
            for (int field = 0; field < FIELDS; field++) {
                values[field] = field + i / 10.0;
            }
            points.add(new Point(subject, time + i * 1000L, shape, values, Map.of()));
        }
        return PointBatchCodec.encode(new PointBatch(host, "", 0, time, "", 0, false, points));
    }
}
