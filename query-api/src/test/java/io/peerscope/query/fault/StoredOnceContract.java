package io.peerscope.query.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.query.fault.FailPoint.What;
import io.peerscope.query.fault.FailPoint.Where;
import io.peerscope.query.fault.StoreProcess.Settings;
import io.peerscope.query.store.Retention;
import io.peerscope.testkit.network.Fault;
import io.peerscope.testkit.network.TcpProxy;
import io.peerscope.testkit.process.ChildProcess;
import io.peerscope.testkit.process.Signals;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Whatever happens to those who store: each sample is stored once, and every tier is what the samples come to. All faults
 * strike the same database one after the other, and after each everything sent since the beginning is compared.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoredOnceContract {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** What a person would notice: the service's own bounds are some times as long. */
    private static final Map<String, String> SOON_NOTICED = Map.of("socketTimeout", "3");

    private static final String STORED = "select sum(next_offset) from topic_position where topic = 'metrics.points'";

    /** All rows of points, and their indexes. */
    private static final String MOVE = """
            do $$
            declare part regclass; begin
              for part in select inhrelid from pg_inherits where inhparent = 'raw_point'::regclass
                union all select indexrelid from pg_index join pg_inherits on inhrelid = indrelid
                where inhparent = 'raw_point'::regclass
              loop
                execute format('alter %%s %%s set tablespace %1$s',
                  case when (select relkind from pg_class where oid = part) = 'i' then 'index' else 'table' end, part);
              end loop;
            end $$""";

    private final Random random;
    private final StoreStage stage;

    StoredOnceContract(boolean timescale) throws IOException, SQLException {
        long seed = Long.getLong("peerscope.test.seed", System.nanoTime());
        System.out.printf("seed %d (again with -Dpeerscope.test.seed=%d)%n", seed, seed);
        random = new Random(seed);
        stage = StoreStage.set(timescale, seed);
    }

    @AfterAll
    void strike() throws IOException {
        stage.close();
    }

    @BeforeAll
    void somethingIsThere() throws Exception {
        stage.feed.send(100);
    }

    private static Settings hasty(Settings settings) {
        return settings.with(SOON_NOTICED);
    }

    @Test
    void killedAtTheWorstMoments() throws Exception {
        killed(50);
    }

    private void killed(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            for (Where where : List.of(Where.IN_COPY, Where.AFTER_COPY, Where.BEFORE_COMMIT, Where.AFTER_COMMIT)) {
                FailPoint point = new FailPoint(where, What.DIE, random.nextInt(3));
                try (ChildProcess dying = stage.start(stage.settings().failing(point))) {
                    await().atMost(PATIENCE).until(() -> {
                        stage.feed.send(10);
                        return !dying.isAlive();
                    });
                }
            }
        }
        try (ChildProcess living = stage.start(stage.settings())) {
            // none of those before had the time to heal what was late
            stage.becomesWhole(PATIENCE.multipliedBy(15));
            assertThat(living.isAlive()).isTrue();
        }
    }

    @Test
    void stoppedInMidTransactionWhileAnotherTakesOver() throws Exception {
        stopped(Where.BEFORE_COMMIT);
    }

    @Test
    void stoppedInTheMiddleOfACopyWhileAnotherTakesOver() throws Exception {
        stopped(Where.IN_COPY);
    }

    /** It stops with its transaction open and its rows locked, loses its partitions to another, and wakes up again. */
    private void stopped(Where where) throws Exception {
        FailPoint stop = new FailPoint(where, What.STOP, 2);
        try (ChildProcess stopped = stage.start(stage.settings().as("stopped").failing(stop));
                ChildProcess other = stage.start(hasty(stage.settings().as("other")))) {
            stage.feed.send(200);
            stage.becomesWhole(PATIENCE);
            new Signals.Paused(List.of(stopped.program())).close();
            stage.feed.send(100);
            stage.becomesWhole(PATIENCE);
            assertThat(stopped.isAlive()).isTrue();
            assertThat(other.isAlive()).isTrue();
        }
    }

    @Test
    void theDatabaseIsKilledWhileRowsAreCopied() throws Exception {
        try (ChildProcess store = stage.start(stage.settings())) {
            for (int kill = 0; kill < 2; kill++) {
                stage.feed.send(150);
                stage.killDatabaseWhileItCopies();
            }
            stage.becomesWhole(PATIENCE);
            assertThat(store.isAlive()).isTrue();
        }
    }

    /** What the database sends is lost on the way; it does not learn that, and keeps the transaction open. */
    @Test
    void theConnectionIsHalfOpen() throws Exception {
        try (TcpProxy proxy = TcpProxy.to("127.0.0.1", stage.databasePort());
                ChildProcess store = stage.start(hasty(stage.settings().through(proxy.port())))) {
            stage.feed.send(50);
            stage.becomesWhole(PATIENCE);
            proxy.become(new Fault.HalfOpen(Fault.Direction.TO_CLIENT));
            stage.feed.send(50);
            await().atMost(PATIENCE).until(() -> store.lastLines(20).contains("does not store"));
            proxy.become(Fault.none());
            stage.feed.send(50);
            stage.becomesWhole(PATIENCE);
            assertThat(store.isAlive()).isTrue();
        }
    }

    /** What cannot be read goes to the dead letters, what the database will not have to the quarantine, and the rest on. */
    @Test
    void poisonIsPassed() throws Exception {
        long letters = stage.records(Topic.METRICS_POINTS_DLQ);
        try (ChildProcess store = stage.start(stage.settings())) {
            stage.feed.send(20);
            Point refused = Point.of(
                    new Subject("poison", "host", Labels.none()),
                    StoreStage.NOW.toEpochMilli(),
                    Map.of("a", 1.0, "b", 2.0),
                    Map.of("state", "\0"));
            long time = StoreStage.NOW.toEpochMilli();
            for (int partition = 0; partition < StoreStage.PARTITIONS; partition++) {
                for (byte @Nullable [] value : Arrays.asList(
                        new byte[] {1, 2, 3},
                        null,
                        PointBatchCodec.encode(
                                new PointBatch("poison", "", 0, time, "", 0, false, List.of(refused))))) {
                    stage.producer
                            .send(new ProducerRecord<>(Topic.METRICS_POINTS.topicName(), partition, null, value))
                            .get();
                }
            }
            stage.feed.send(20);
            stage.becomesWhole(PATIENCE);
            assertThat(stage.records(Topic.METRICS_POINTS_DLQ) - letters).isEqualTo(3L * StoreStage.PARTITIONS);
            assertThat(stage.number("select quarantined from ledger_day where host = 'poison'"))
                    .isEqualTo(2L * StoreStage.PARTITIONS);
            assertThat(store.isAlive()).isTrue();
        }
    }

    @Test
    void theDiskIsFull() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(stage.databaseUser())) {
            stage.execute("create tablespace small location '" + disk.folder() + "'", MOVE.formatted("small"));
            try (ChildProcess store = stage.start(stage.settings())) {
                disk.fill();
                stage.feed.speakOfOtherThings();
                stage.feed.send(400);
                await().atMost(PATIENCE).until(() -> store.lastLines(20).contains("does not store"));
                assertThat(stage.number(STORED)).isLessThan(stage.records(Topic.METRICS_POINTS));
                disk.free();
                stage.becomesWhole(PATIENCE);
                assertThat(store.isAlive()).isTrue();
            } finally {
                stage.execute(MOVE.formatted("pg_default"), "drop tablespace small");
            }
        }
    }

    /** Days are made and dropped, minutes healed and tiers built, while what is late for all of them comes in. */
    @Test
    void retentionAndLateDataCollide() throws Exception {
        Retention retention = new Retention(source(), policy());
        try (ChildProcess store = stage.start(stage.settings())) {
            for (int daysAgo = 3; daysAgo >= 0; daysAgo--) {
                stage.feed.send(60);
                stage.feed.sendAncient(20);
                long begun = System.nanoTime();
                retention.run(StoreStage.NOW.minus(Duration.ofDays(daysAgo)));
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            }
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(stage.number(STORED))
                    .isEqualTo(stage.records(Topic.METRICS_POINTS)));
            retention.run(StoreStage.NOW);
            stage.becomesWhole(PATIENCE);
            assertThat(store.isAlive()).isTrue();
        }
    }

    /** The database is as it was some time ago, and who stores finds out while at it. */
    @Test
    void theDatabaseIsRestoredFromADump() throws Exception {
        try (ChildProcess before = stage.start(stage.settings())) {
            stage.becomesWhole(PATIENCE);
        }
        stage.dump();
        try (ChildProcess store = stage.start(stage.settings())) {
            stage.feed.speakOfOtherThings();
            stage.feed.send(100);
            stage.becomesWhole(PATIENCE);
            stage.restore();
            stage.feed.speakOfOtherThings();
            stage.feed.send(100);
            stage.becomesWhole(PATIENCE);
            assertThat(store.isAlive()).isTrue();
        }
    }

    private DataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(stage.database().jdbcUrl());
        source.setUser(stage.database().username());
        source.setPassword(stage.database().password());
        return source;
    }

    /** Nothing goes but raw points beyond what is compared. */
    private static Retention.Policy policy() {
        Duration ever = Duration.ofDays(4000);
        return new Retention.Policy(Duration.ofHours(80), ever, ever, ever, ever, ever, ever, ever, ever, ever);
    }
}
