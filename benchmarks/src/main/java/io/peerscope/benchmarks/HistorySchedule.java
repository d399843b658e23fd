package io.peerscope.benchmarks;

import io.peerscope.benchmarks.history.Asking;
import io.peerscope.benchmarks.history.Filling;
import io.peerscope.benchmarks.history.LiveTotals;
import io.peerscope.benchmarks.history.Past;
import io.peerscope.benchmarks.history.Question;
import io.peerscope.benchmarks.history.Sizes;
import io.peerscope.benchmarks.measure.Machine;
import io.peerscope.benchmarks.measure.Meter;
import io.peerscope.benchmarks.report.Commit;
import io.peerscope.benchmarks.report.HistoryPhase;
import io.peerscope.benchmarks.report.HistoryResult;
import io.peerscope.benchmarks.report.StoringPhase;
import io.peerscope.benchmarks.server.QueryApi;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.testkit.infrastructure.Database;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.process.SourceTree;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Each length of the past: its records are put on the topics while nobody reads, then the query API is started and
 * measured while it stores them, and then it is asked.
 */
final class HistorySchedule {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    /** So many hosts have minutes of a week. */
    private static final int WEEK_HOSTS = 100;

    private static final long LOOK_MILLIS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final HistoryOptions options;
    private final Progress progress;
    private final Instant at = Instant.now();
    private final Machine machine = Machine.here();

    HistorySchedule(HistoryOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    HistoryResult run() throws InterruptedException {
        Commit commit = Commit.of(SourceTree.root());
        if (!options.again()) {
            PeerscopeProcess.deleteData(options.data());
        }
        List<HistoryPhase> phases = new ArrayList<>();
        try (QueryApi api = QueryApi.prepare(options.data(), options.flavour(), options.javaOptions())) {
            Past past = new Past(at.toEpochMilli() / MINUTE * MINUTE, options.seed());
            int before = 0;
            for (long samples : options.samples()) {
                int hosts = Math.toIntExact(Math.ceilDiv(samples, DAY / Past.EVERY * Past.FIELDS.size()));
                phases.add(options.again() ? asked(api, hosts, null, null, null) : grown(api, past, before, hosts));
                before = hosts;
            }
        } finally {
            if (!options.keep()) {
                PeerscopeProcess.deleteData(options.data());
            }
        }
        return new HistoryResult(at, commit, machine, options.described(), phases);
    }

    private HistoryPhase grown(QueryApi api, Past past, int before, int hosts) throws InterruptedException {
        long minutes = minutes(api, past, before, hosts);
        StoringPhase storedMinutes = stored(api, Topic.METRICS_ROLLUPS, minutes);
        progress.tell("  %,.0f roll-ups/s", storedMinutes.perSecond());
        double tiers = tiersAreMade(api.database());
        progress.tell("  hours and days are made after %.0f s", tiers);
        api.stop();
        progress.tell("points of %d hosts", hosts);
        long samples = (hosts - before) * (DAY / Past.EVERY) * Past.FIELDS.size();
        try (Filling filling = new Filling(past, api.clients())) {
            filling.points(before, hosts, DAY, options.points());
        }
        StoringPhase storedPoints = stored(api, Topic.METRICS_POINTS, samples);
        progress.tell("  %,.0f samples/s", storedPoints.perSecond());
        HistoryPhase phase = asked(api, hosts, storedPoints, storedMinutes, tiers);
        api.stop();
        return phase;
    }

    /** Of a week for those who are asked about one, else of the day that raw points are kept. */
    private long minutes(QueryApi api, Past past, int before, int hosts) {
        progress.tell("roll-ups of %d hosts", Math.max(hosts, WEEK_HOSTS));
        long rollups = 0;
        try (Filling filling = new Filling(past, api.clients())) {
            if (before == 0) {
                filling.minutes(0, WEEK_HOSTS, 7 * DAY);
                rollups += WEEK_HOSTS * 7 * DAY / MINUTE;
            }
            int first = Math.max(before, WEEK_HOSTS);
            if (hosts > first) {
                filling.minutes(first, hosts, DAY);
                rollups += (hosts - first) * DAY / MINUTE;
            }
        }
        return rollups;
    }

    /** Starts it and waits until everything on the topic is a row. */
    private StoringPhase stored(QueryApi api, Topic topic, long count) throws InterruptedException {
        long all = api.records(topic);
        Database database = api.database();
        api.start(options.settings());
        try (Meter meter = Meter.start(api.programs())) {
            String sum = "select coalesce(sum(next_offset), 0) from topic_position where topic = '%s'"
                    .formatted(topic.topicName());
            long first = System.nanoTime();
            long begun = database.number(sum);
            boolean moving = false;
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            for (long now = begun; now < all; now = database.number(sum)) {
                if (!moving) {
                    first = System.nanoTime();
                    moving = now > begun;
                }
                if (System.nanoTime() > giveUp) {
                    throw new IllegalStateException("%d of %d records of %s are stored".formatted(now, all, topic));
                }
                Thread.sleep(LOOK_MILLIS);
            }
            return new StoringPhase(count, (System.nanoTime() - first) / 1e9, meter.read());
        }
    }

    private static double tiersAreMade(Database database) throws InterruptedException {
        long begin = System.nanoTime();
        while (database.number("select count(*) from tier_work") > 0
                || database.number("select count(*) from tier_reach where tier = '1d'"
                                + " and readable_until > now() - interval '25 hours'")
                        == 0) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IllegalStateException("hours and days are not made");
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private HistoryPhase asked(
            QueryApi api,
            int hosts,
            @Nullable StoringPhase points,
            @Nullable StoringPhase minutes,
            @Nullable Double tierSeconds)
            throws InterruptedException {
        if (options.again()) {
            api.start(options.settings());
        }
        // What autovacuum and the checkpointer do by themselves, if later.
        execute(api.database(), "vacuum analyze");
        execute(api.database(), "checkpoint");
        List<Asking.Answered> answers = new ArrayList<>();
        Asking asking = new Asking(api.api(), hosts, options.asked(), options.warmUp(), options.seed());
        try (LiveTotals totals = LiveTotals.tell(api.clients(), hosts)) {
            totals.awaitKnown(api.api());
            for (Question question : Question.values()) {
                Asking.Answered answered = asking.ask(question);
                answers.add(answered);
                progress.tell("  %s: p95 %.1f ms (%s)", answered.question(), answered.p95(), answered.tier());
            }
            totals.check();
        }
        return new HistoryPhase(hosts, points, minutes, tierSeconds, Sizes.of(api.database()), answers);
    }

    private static void execute(Database database, String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
