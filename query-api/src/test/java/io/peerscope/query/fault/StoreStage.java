package io.peerscope.query.fault;

import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.EmbeddedPostgres;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.embedded.PostgresOptions;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.query.fault.StoreProcess.Settings;
import io.peerscope.testkit.infrastructure.Database;
import io.peerscope.testkit.process.ChildProcess;
import io.peerscope.testkit.process.Signals;
import io.peerscope.testkit.truth.Findings;
import io.peerscope.testkit.truth.HistoryChecker;
import io.peerscope.testkit.truth.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.Flyway;

/** A broker, a database, and what was sent to the one and must come to stand in the other. */
final class StoreStage implements AutoCloseable {
    static final int PARTITIONS = 4;
    static final Duration GRACE = Duration.ofSeconds(10);
    static final Instant NOW = Instant.parse("2026-11-02T11:50:00Z");

    /** Shorter than the service's, so that a fault is over sooner; the least that the broker allows. */
    private static final Map<String, String> SESSION =
            Map.of("session.timeout.ms", "6000", "heartbeat.interval.ms", "1000");

    final Feed feed;
    final Reference reference = new Reference(GRACE.toMillis());
    final KafkaClients clients;
    final Producer<String, byte[]> producer;
    private final EmbeddedKafka kafka;
    private final EmbeddedPostgres postgres;
    private final Path folder;

    private StoreStage(EmbeddedKafka kafka, EmbeddedPostgres postgres, Path folder, long seed) {
        this.kafka = kafka;
        this.postgres = postgres;
        this.folder = folder;
        this.clients = new KafkaClients(
                new KafkaConfig(kafka.bootstrapServers(), PARTITIONS, (short) 1, folder, "test", Map.of()));
        this.producer = clients.producer("test-feed", Map.of());
        this.feed = new Feed(producer, reference, NOW, seed);
    }

    static StoreStage set(boolean timescale, long seed) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("peerscope-store");
        PostgresOptions options = PostgresOptions.in(folder.resolve("postgres"));
        EmbeddedPostgres postgres =
                EmbeddedPostgres.start(timescale ? options : options.withWanted(PostgresOptions.Wanted.PLAIN));
        EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(folder.resolve("kafka")));
        StoreStage stage = new StoreStage(kafka, postgres, folder, seed);
        try (Admin admin = stage.clients.admin("test-topics")) {
            new Topics(admin, stage.clients.config()).ensure();
        }
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(), postgres.username(), postgres.password())
                .load()
                .migrate();
        return stage;
    }

    /** How a process that stores is started here. */
    Settings settings() {
        return new Settings(
                kafka.bootstrapServers(),
                postgres.jdbcUrl(),
                postgres.username(),
                postgres.password(),
                "one",
                FailPoint.NONE,
                Map.of(),
                SESSION,
                NOW);
    }

    ChildProcess start(Settings settings) {
        return StoreProcess.start(settings, folder);
    }

    Database database() {
        return new Database(postgres.jdbcUrl(), postgres.username(), postgres.password());
    }

    int databasePort() {
        return Integer.parseInt(postgres.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1"));
    }

    /** Owner of the database's processes. */
    int databaseUser() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc", Long.toString(postgres.postmasterPid())), "unix:uid");
    }

    long number(String sql) {
        return database().number(sql);
    }

    /** How many records lie in a topic. */
    long records(Topic topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        int partitions = topic.partitioning() == Topic.Partitioning.SINGLE ? 1 : PARTITIONS;
        for (int i = 0; i < partitions; i++) {
            latest.put(new TopicPartition(topic.topicName(), i), OffsetSpec.latest());
        }
        try (Admin admin = clients.admin("test-ends")) {
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    /** A copy of the database as it is now. Nobody may be using it. */
    void dump() throws SQLException {
        onlyFor("dump", "create database dump template peerscope");
    }

    /** The database is as it was at the {@link #dump()}. Who is using it is thrown out. */
    void restore() throws SQLException {
        onlyFor("dump", "alter database peerscope rename to lost", "alter database dump rename to peerscope");
        Database maintenance = maintenance();
        try (Connection connection = maintenance.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("alter database peerscope allow_connections true");
            statement.execute("drop database lost with (force)");
        }
    }

    private Database maintenance() {
        return new Database(
                postgres.jdbcUrl().replaceAll("/[^/]*$", "/template1"), postgres.username(), postgres.password());
    }

    private void onlyFor(String what, String... statements) throws SQLException {
        try (Connection connection = maintenance().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("alter database peerscope allow_connections false");
            await(what).ignoreExceptions().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname in ('peerscope', 'dump') and pid <> pg_backend_pid()");
                statement.execute(statements[0]);
            });
            for (int i = 1; i < statements.length; i++) {
                statement.execute(statements[i]);
            }
            if (statements.length == 1) {
                statement.execute("alter database peerscope allow_connections true");
            }
        }
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = database().connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** {@code kill -9} of the postmaster, if it can be in the middle of a COPY; returns when another one runs. */
    void killDatabaseWhileItCopies() throws SQLException {
        try (Connection connection = database().connect();
                PreparedStatement select = connection.prepareStatement(
                        "select from pg_stat_activity where state = 'active' and query ilike 'copy %'")) {
            boolean copies = false;
            for (int look = 0; look < 2_000 && !copies; look++) {
                try (ResultSet row = select.executeQuery()) {
                    copies = row.next();
                }
            }
        }
        long killed = postgres.postmasterPid();
        ProcessHandle.of(killed).ifPresent(Signals::kill);
        await().atMost(Duration.ofSeconds(30)).until(() -> postgres.postmasterPid() != killed);
    }

    /** Everything that was sent is stored once, in every tier. */
    Findings becomesWhole(Duration limit) {
        HistoryChecker checker = new HistoryChecker(database(), reference);
        Findings[] last = {new HistoryChecker(database(), reference).check()};
        try {
            await().pollInSameThread()
                    .pollInterval(Duration.ofMillis(200))
                    .atMost(limit)
                    .ignoreException(IllegalStateException.class)
                    .until(() -> {
                        last[0] = checker.check();
                        return last[0].isGreen() && last[0].compared("1mo") > 0;
                    });
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(
                    "%s%nlate minutes waiting: %d, buckets waiting: %d%n%s"
                            .formatted(
                                    last[0],
                                    number("select count(*) from late_window"),
                                    number("select count(*) from tier_work"),
                                    words()),
                    e);
        }
        return last[0];
    }

    private String words() {
        try (var logs = Files.list(folder)) {
            StringBuilder text = new StringBuilder();
            for (Path log :
                    logs.filter(file -> file.toString().endsWith(".log")).toList()) {
                var lines = Files.readAllLines(log);
                text.append(log).append('\n');
                lines.subList(Math.max(0, lines.size() - 25), lines.size())
                        .forEach(line -> text.append("  ").append(line).append('\n'));
            }
            return text.toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws IOException {
        producer.close(Duration.ofSeconds(2));
        kafka.close();
        postgres.close();
        EmbeddedPostgres.delete(folder.resolve("postgres"));
        EmbeddedPostgres.delete(folder);
    }
}
