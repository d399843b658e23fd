package io.peerscope.query.materialize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.EmbeddedPostgres;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.embedded.PostgresOptions;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.foundation.trace.Tracer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Real processes that die: everything sent is stored once. */
class StoringUnderFaultsTest {
    private static final int HOSTS = 20;
    private static final int ROUNDS = 60;

    @TempDir
    private Path dir;

    @Test
    void killedPostmasterAndRivalsLoseAndDoubleNothing() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(dir.resolve("kafka")));
                EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(dir.resolve("postgres")))) {
            PGSimpleDataSource database = source(postgres);
            Flyway.configure().dataSource(database).load().migrate();
            KafkaClients first = clients(kafka, "first");
            try (Admin admin = first.admin("test-topics")) {
                new Topics(admin, first.config()).ensure();
            }
            try (Materialization one = materialization(first, database);
                    Materialization two = materialization(clients(kafka, "second"), database);
                    Producer<String, byte[]> producer = first.producer("test-producer", Map.of())) {
                one.start();
                two.start();
                for (int round = 0; round < ROUNDS; round++) {
                    send(producer, round);
                    if (round == ROUNDS / 3) {
                        long killed = postgres.postmasterPid();
                        ProcessHandle.of(killed).ifPresent(ProcessHandle::destroyForcibly);
                        await().until(() -> postgres.postmasterPid() != killed);
                    }
                }
                await().atMost(Duration.ofSeconds(60))
                        .ignoreExceptionsInstanceOf(SQLException.class)
                        .untilAsserted(() -> assertThat(number(database, "select count(*) from raw_point"))
                                .isEqualTo(HOSTS * ROUNDS));
                assertThat(number(database, "select sum(value) from sample"))
                        .isEqualTo((long) HOSTS * ROUNDS * (ROUNDS - 1) / 2);
                assertThat(number(database, "select sum(accepted) from ledger_day"))
                        .isEqualTo(HOSTS * ROUNDS);
                assertThat(number(database, "select sum(accepted - stored - duplicate - late) from ledger_day"))
                        .isZero();
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(one.conditions()).allMatch(Condition.Ok.class::isInstance));
            }
            EmbeddedPostgres.delete(dir.resolve("postgres"));
        }
    }

    @Test
    void aDatabaseThatIsAwayDegradesAndComesBack() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(dir.resolve("kafka")))) {
            Path data = dir.resolve("postgres");
            int port;
            KafkaClients clients = clients(kafka, "only");
            try (Admin admin = clients.admin("test-topics")) {
                new Topics(admin, clients.config()).ensure();
            }
            PGSimpleDataSource database;
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(data))) {
                database = source(postgres);
                port = database.getPortNumbers()[0];
                Flyway.configure().dataSource(database).load().migrate();
            }
            try (Materialization store = materialization(clients, database);
                    Producer<String, byte[]> producer = clients.producer("test-producer", Map.of())) {
                store.start();
                send(producer, 1);
                await().until(() -> store.conditions().stream().anyMatch(Condition.Degraded.class::isInstance));
                try (EmbeddedPostgres postgres =
                        EmbeddedPostgres.start(PostgresOptions.in(data).withPort(port))) {
                    assertThat(postgres.password()).isEqualTo(database.getPassword());
                    await().atMost(Duration.ofSeconds(30))
                            .untilAsserted(() -> assertThat(number(database, "select count(*) from raw_point"))
                                    .isEqualTo(HOSTS));
                }
            }
            EmbeddedPostgres.delete(data);
        }
    }

    @Test
    void whatCameWhileTheDatabaseWasAwayIsStored() throws Exception {
        away(Duration.ofSeconds(5));
    }

    @Test
    @Tag("soak")
    void whatCameInHalfAnHourIsStored() throws Exception {
        away(Duration.ofMinutes(30));
    }

    /** Meanwhile points come every second; how far behind it is can be seen, and nothing else grows. */
    private void away(Duration length) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(dir.resolve("kafka")))) {
            Path data = dir.resolve("postgres");
            KafkaClients clients = clients(kafka, "only");
            try (Admin admin = clients.admin("test-topics")) {
                new Topics(admin, clients.config()).ensure();
            }
            PGSimpleDataSource database;
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(data))) {
                database = source(postgres);
                Flyway.configure().dataSource(database).load().migrate();
            }
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            AtomicInteger rounds = new AtomicInteger();
            try (Materialization store = materialization(clients, database, meters);
                    Producer<String, byte[]> producer = clients.producer("test-producer", Map.of())) {
                store.start();
                await().pollInSameThread()
                        .pollInterval(Duration.ofSeconds(1))
                        .atMost(length.plusSeconds(60))
                        .until(() -> {
                            send(producer, rounds.getAndIncrement());
                            return behind(meters) > length.toSeconds();
                        });
                assertThat(store.conditions()).anyMatch(Condition.Degraded.class::isInstance);
                try (EmbeddedPostgres postgres =
                        EmbeddedPostgres.start(PostgresOptions.in(data).withPort(database.getPortNumbers()[0]))) {
                    assertThat(postgres.password()).isEqualTo(database.getPassword());
                    // ten records a transaction, so half an hour is thousands of them
                    await().atMost(Duration.ofMinutes(10))
                            .untilAsserted(() -> assertThat(number(database, "select count(*) from raw_point"))
                                    .isEqualTo((long) HOSTS * rounds.get()));
                    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                        assertThat(behind(meters)).isLessThan(5);
                        assertThat(store.conditions()).allMatch(Condition.Ok.class::isInstance);
                    });
                }
            }
            EmbeddedPostgres.delete(data);
        }
    }

    private static double behind(SimpleMeterRegistry meters) {
        return meters.get("peerscope.store.behind")
                .tag("topic", Topic.METRICS_POINTS.topicName())
                .gauge()
                .value();
    }

    private static PGSimpleDataSource source(EmbeddedPostgres postgres) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(postgres.jdbcUrl());
        source.setUser(postgres.username());
        source.setPassword(postgres.password());
        source.setConnectTimeout(2);
        return source;
    }

    private KafkaClients clients(EmbeddedKafka kafka, String instance) {
        return new KafkaClients(new KafkaConfig(kafka.bootstrapServers(), 4, (short) 1, dir, instance, Map.of()));
    }

    private static Materialization materialization(KafkaClients clients, PGSimpleDataSource database) {
        return materialization(clients, database, new SimpleMeterRegistry());
    }

    private static Materialization materialization(
            KafkaClients clients, PGSimpleDataSource database, SimpleMeterRegistry meters) {
        return new Materialization(
                clients,
                database,
                new Progress(database),
                meters,
                Clock.systemUTC(),
                Tracer.off(),
                new Materialization.Config(2, 50, 10, Duration.ofSeconds(10)));
    }

    private static void send(Producer<String, byte[]> producer, int round) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < HOSTS; i++) {
            String host = "h" + i;
            Point point = Point.of(
                    new Subject(host, "host", Labels.none()), 1_763_687_000_000L + round * 5000L, Map.of("a", (double)
                            round));
            byte[] batch = PointBatchCodec.encode(
                    new PointBatch(host, "", 0, point.timestamp(), "", 0, false, List.of(point)));
            sent.add(producer.send(new ProducerRecord<>(Topic.METRICS_POINTS.topicName(), host, batch)));
        }
        for (Future<?> each : sent) {
            each.get(30, TimeUnit.SECONDS);
        }
    }

    private static long number(PGSimpleDataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A database that was away for longer than the topic keeps: the gap is counted, and the rest is stored. */
    @Test
    void whatTheTopicDeletedBeforeItWasStoredIsCounted() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(dir.resolve("kafka")));
                EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(dir.resolve("postgres")))) {
            PGSimpleDataSource database = source(postgres);
            Flyway.configure().dataSource(database).load().migrate();
            KafkaClients clients = clients(kafka, "only");
            TopicPartition partition = new TopicPartition(Topic.METRICS_POINTS.topicName(), 0);
            try (Admin admin = clients.admin("test-topics");
                    Producer<String, byte[]> producer = clients.producer("test-producer", Map.of())) {
                new Topics(admin, clients.config()).ensure();
                for (int i = 0; i < 10; i++) {
                    producer.send(record(partition, i)).get(30, TimeUnit.SECONDS);
                }
                try (Materialization store = materialization(clients, database)) {
                    store.start();
                    await().atMost(Duration.ofSeconds(30))
                            .untilAsserted(() -> assertThat(number(database, "select count(*) from raw_point"))
                                    .isEqualTo(10));
                }
                for (int i = 10; i < 30; i++) {
                    producer.send(record(partition, i)).get(30, TimeUnit.SECONDS);
                }
                admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(17)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
                SimpleMeterRegistry meters = new SimpleMeterRegistry();
                try (Materialization store = materialization(clients, database, meters)) {
                    store.start();
                    await().atMost(Duration.ofSeconds(30))
                            .untilAsserted(() -> assertThat(number(database, "select count(*) from raw_point"))
                                    .isEqualTo(10 + 13));
                    assertThat(meters
                                    .get("peerscope.store.lost")
                                    .tag("topic", Topic.METRICS_POINTS.topicName())
                                    .counters()
                                    .stream()
                                    .mapToDouble(Counter::count)
                                    .sum())
                            .isEqualTo(7);
                }
            }
            EmbeddedPostgres.delete(dir.resolve("postgres"));
        }
    }

    private static ProducerRecord<String, byte[]> record(TopicPartition partition, int number) {
        Point point = Point.of(
                new Subject("h", "host", Labels.none()), 1_763_687_000_000L + number, Map.of("a", (double) number));
        byte[] batch =
                PointBatchCodec.encode(new PointBatch("h", "", 0, point.timestamp(), "", 0, false, List.of(point)));
        return new ProducerRecord<>(partition.topic(), partition.partition(), "h", batch);
    }
}
