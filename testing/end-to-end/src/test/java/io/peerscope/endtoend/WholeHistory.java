package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.endtoend.DoorFeed.Said;
import io.peerscope.endtoend.PastFeed.Stretch;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.simulator.send.SenderSettings;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.infrastructure.Database;
import io.peerscope.testkit.process.SixProcesses;
import io.peerscope.testkit.process.SixProcesses.Service;
import io.peerscope.testkit.story.Story;
import io.peerscope.testkit.truth.AnswersChecker;
import io.peerscope.testkit.truth.Findings;
import io.peerscope.testkit.truth.HistoryChecker;
import io.peerscope.testkit.truth.Reference;
import io.peerscope.testkit.truth.Reference.Account;
import io.peerscope.testkit.truth.Reference.Booking;
import io.peerscope.testkit.truth.Reference.Series;
import io.peerscope.testkit.truth.Span;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Ingest, the aggregator and the query API as processes. First comes the past, in seconds instead of hours, then the
 * present through ingest; in between everybody is killed. Then the query API may be given an empty database of the other
 * flavour, and has to make all of it again.
 */
final class WholeHistory {
    private static final Duration WHOLE_WITHIN = Duration.ofSeconds(150);

    /**
     * @param around how long before and after a turn of day or month hosts report
     * @param kills of each process in the first part
     * @param rounds of batches through ingest
     * @param doorHosts of each kind
     * @param live whether some of that is of the moment
     * @param otherFlavour whether all of it is made once more
     */
    record Size(
            int hosts,
            Duration step,
            Duration around,
            int kills,
            int rounds,
            int doorHosts,
            boolean live,
            boolean otherFlavour) {}

    private final Size size;
    private final long seed = Long.getLong("peerscope.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Story story;
    private final Path data;
    private final Clock clock = Clock.systemUTC();
    private final Reference reference = new Reference(Duration.ofSeconds(10).toMillis());
    private final List<Said> said = new ArrayList<>();
    private PastFeed.Plan plan;

    WholeHistory(String name, Size size) {
        this.size = size;
        this.story = Story.begin(name);
        this.data = StoryData.fresh(name);
        this.plan = new PastFeed.Plan(size.hosts(), size.step(), stretches(size.around(), clock.instant()), seed);
        story.tell("seed %d (again with -Dpeerscope.test.seed=%d)", seed, seed);
    }

    /** Around the last turn of the month and of the day that have tiers by now, and up to a moment ago; apart. */
    static List<Stretch> stretches(Duration around, Instant now) {
        Instant month = Instant.ofEpochMilli(
                Span.MONTH.startOf(now.minus(Duration.ofDays(2)).toEpochMilli()));
        Instant day = Instant.ofEpochMilli(
                Span.DAY.startOf(now.minus(around).minus(Duration.ofHours(1)).toEpochMilli()));
        Instant evening = day.plus(around);
        Instant recent = now.minus(around);
        return List.of(
                new Stretch(month.minus(around), month.plus(around)),
                new Stretch(day.minus(around), evening),
                new Stretch(recent.isBefore(evening) ? evening : recent, now.minusSeconds(20)));
    }

    void tell() throws Exception {
        Map<String, String> settings = new HashMap<>();
        for (String tier : List.of("raw", "rollup-1m", "rollup-1h", "rollup-1d")) {
            settings.put("peerscope.query.retention." + tier, "P4000D");
        }
        settings.put("peerscope.ingest.raw-retention", "P4000D");
        settings.put("peerscope.query.jobs.tiers-every", "PT1S");
        // so that a question of hours needs minutes, one of weeks hours, and so on
        settings.put("peerscope.query.history.quick-rows", "2000");
        try (SixProcesses processes =
                SixProcesses.start(data, Set.of(Service.INGEST, Service.AGGREGATOR, Service.QUERY_API), settings)) {
            try {
                tell(processes);
            } catch (Exception | AssertionError failed) {
                System.out.println(processes.lastWords());
                throw failed;
            }
        }
    }

    private void tell(SixProcesses processes) throws Exception {
        story.tell("all are ready");
        KafkaClients clients = new KafkaClients(KafkaConfig.local(processes.bootstrapServers(), data));
        keepForEver(clients);
        Map<Account, Booking> accounts;
        try (Producer<String, byte[]> producer = clients.producer("test-past", Map.of())) {
            accounts = past(processes, producer);
        }
        present(processes);
        becomesWhole(processes, processes.database(), accounts);
        if (size.otherFlavour()) {
            becomesWhole(processes, otherFlavour(processes), accounts);
        }
    }

    private static void keepForEver(KafkaClients clients) throws Exception {
        AlterConfigOp keep =
                new AlterConfigOp(new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, "-1"), AlterConfigOp.OpType.SET);
        try (Admin admin = clients.admin("test-topics")) {
            for (Topic topic : List.of(Topic.METRICS_POINTS, Topic.METRICS_ROLLUPS)) {
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
                admin.incrementalAlterConfigs(Map.of(resource, List.of(keep)))
                        .all()
                        .get();
            }
        }
    }

    private Map<Account, Booking> past(SixProcesses processes, Producer<String, byte[]> producer) throws Exception {
        PastFeed feed = new PastFeed(plan, reference);
        story.tell("%d records of the past", feed.batches());
        int parts = 4 * size.kills();
        for (int part = 0; part < parts; part++) {
            feed.sendUntil((part + random.nextDouble()) / parts, producer);
            switch (part % 4) {
                case 0 -> killed(processes, Service.QUERY_API, feed, (part + 1.0) / parts, producer);
                case 1 -> killed(processes, Service.AGGREGATOR, feed, (part + 1.0) / parts, producer);
                case 2 -> {
                    story.tell("kill -9 of the postmaster");
                    processes.killDatabase();
                }
                default -> {
                    story.tell("kill -9 of the broker");
                    processes.killBroker();
                }
            }
        }
        feed.sendUntil(1, producer);
        story.tell("the past is told");
        return Map.copyOf(reference.ledger());
    }

    /** Feeds go on while it is away. */
    private void killed(
            SixProcesses processes, Service service, PastFeed feed, double share, Producer<String, byte[]> producer)
            throws Exception {
        story.tell("kill -9 of %s", service);
        processes.kill(service);
        CompletableFuture<Void> back = CompletableFuture.runAsync(() -> processes.restart(service));
        feed.sendUntil(share, producer);
        back.join();
        story.tell("%s is back", service);
    }

    private void present(SixProcesses processes) {
        SenderSettings settings = SenderSettings.of(
                processes.address(Service.INGEST), processes.tokens().of("fleet"));
        try (DoorFeed door = new DoorFeed(settings, clock, size.doorHosts(), size.live(), seed)) {
            CompletableFuture<Void> back = CompletableFuture.completedFuture(null);
            for (int round = 0; round < size.rounds(); round++) {
                said.addAll(door.round());
                if (round == size.rounds() / 3) {
                    story.tell("kill -9 of ingest");
                    processes.kill(Service.INGEST);
                    back = CompletableFuture.runAsync(() -> processes.restart(Service.INGEST));
                }
            }
            back.join();
        }
        story.tell("%d points went through ingest", said.size());
    }

    /** A database of plain PostgreSQL on the same server, empty: everything is made again from the topics. */
    private Database otherFlavour(SixProcesses processes) throws SQLException {
        Database first = processes.database();
        Database other =
                new Database(first.jdbcUrl().replaceAll("/[^/]*$", "/plain"), first.username(), first.password());
        try (Connection connection = first.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database plain");
            statement.execute("alter database plain set peerscope.flavour = 'plain'");
        }
        story.tell("kill -9 of %s, and another database", Service.QUERY_API);
        processes.kill(Service.QUERY_API);
        processes.set("quarkus.datasource.jdbc.url", other.jdbcUrl());
        processes.restart(Service.QUERY_API);
        story.tell("kill -9 of the postmaster");
        processes.killDatabase();
        return other;
    }

    private void becomesWhole(SixProcesses processes, Database database, Map<Account, Booking> accounts)
            throws SQLException {
        Api api = processes.api(Service.QUERY_API, "viewer");
        story.holdsWithin(WHOLE_WITHIN, "everything through ingest is stored", () -> assertThat(
                        number(database, "select count(distinct (host, value)) from sample where field = 'seq'"))
                .isEqualTo(said.size()));
        Reference whole = withPresent(database);
        HistoryChecker checker = new HistoryChecker(database, whole);
        story.holdsWithin(WHOLE_WITHIN, "every tier is what was sent", () -> {
            Findings findings = checker.check();
            assertThat(findings.isGreen()).as(findings.toString()).isTrue();
            assertThat(findings.compared("1mo")).as("months").isPositive();
        });
        story.tell("%s: %s", flavour(database), checker.check());
        Findings answers = answers(new AnswersChecker(api, whole), accounts);
        story.tell("%s", answers);
        assertThat(answers.isGreen()).as(answers.toString()).isTrue();
        for (String tier : List.of("raw", "1m", "1h", "1d")) {
            assertThat(answers.compared("answers " + tier + " avg")).as(tier).isPositive();
        }
        assertThat(number(
                        database,
                        "select count(*) from ledger_day where accepted <> stored + late + duplicate + quarantined"))
                .isZero();
    }

    /** What went through ingest has the time that ingest gave it: as it was said, or where the clock was wrong, about so. */
    private Reference withPresent(Database database) throws SQLException {
        Map<String, Long> times = new HashMap<>();
        try (Connection connection = database.connect();
                PreparedStatement select =
                        connection.prepareStatement("select host, value, time from sample where field = 'seq'");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                assertThat(times.put(
                                rows.getString(1) + rows.getDouble(2),
                                rows.getTimestamp(3).getTime()))
                        .as("%s is there twice", rows.getDouble(2))
                        .isNull();
            }
        }
        Reference whole = reference.copy();
        for (Said each : said) {
            Long time = times.get(each.host() + each.seq());
            assertThat(time).as("%s", each).isNotNull();
            assertThat(time)
                    .as("%s", each)
                    .isBetween(
                            each.at().toEpochMilli() - (each.clockIsRight() ? 0 : 2_000),
                            each.at().toEpochMilli() + (each.clockIsRight() ? 0 : 2_000));
            Point point = Point.of(new Subject(each.host(), Subject.HOST, Labels.none()), time, each.fields());
            whole.take(new PointBatch(each.host(), "", 0, time, "", 0, false, List.of(point)));
        }
        return whole;
    }

    private Findings answers(AnswersChecker checker, Map<Account, Booking> accounts) {
        Findings all = checker.ledger(accounts);
        Instant now = clock.instant();
        Instant hour = Instant.ofEpochMilli(
                Span.HOUR.startOf(now.minus(Duration.ofMinutes(15)).toEpochMilli()));
        Instant day = Instant.ofEpochMilli(Span.DAY.startOf(hour.toEpochMilli()));
        Instant month = Instant.ofEpochMilli(Span.MONTH.startOf(day.toEpochMilli()));
        List<String> hosts = new ArrayList<>(plan.hostNames());
        Collections.shuffle(hosts, random);
        for (List<String> asked : List.of(hosts.subList(0, 1), hosts.subList(1, 2), hosts.subList(0, 5))) {
            for (String field : List.of("cpu_usage", "latency", "bytes_sent", "custom_load")) {
                Map<String, Series> series = new HashMap<>();
                asked.forEach(host -> series.put(
                        host, new Series(new Subject(host, Subject.HOST, Labels.none()).canonical(), field)));
                boolean sketched = field.equals("cpu_usage") || field.equals("latency");
                // The ends lie within buckets, so that what is covered has to be told.
                Duration odd = Duration.ofMillis(random.nextInt(50 * 60_000));
                all = all.plus(checker.series(series, "host", now.minus(Duration.ofMinutes(30)), now, 1000, true))
                        .plus(checker.series(
                                series, "host", hour.minus(Duration.ofHours(20)).minus(odd), hour, 1000, sketched))
                        .plus(checker.series(
                                series, "host", hour.minus(Duration.ofDays(60)), hour.minus(odd), 2000, sketched))
                        .plus(checker.series(
                                series, "host", day.minus(Duration.ofDays(400)), day.minus(odd), 1000, sketched))
                        .plus(checker.series(
                                series, "host", month.minus(Duration.ofDays(3990)), month.minus(odd), 1000, sketched));
            }
        }
        return all;
    }

    private static String flavour(Database database) {
        return number(database, "select count(*) from pg_class where relname = 'raw_point' and relkind = 'p'") > 0
                ? "plain PostgreSQL"
                : "TimescaleDB";
    }

    private static long number(Database database, String sql) {
        return database.number(sql);
    }
}
