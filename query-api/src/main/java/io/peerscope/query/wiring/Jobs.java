package io.peerscope.query.wiring;

import io.peerscope.contracts.silence.Silence;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaUnavailableException;
import io.peerscope.query.advice.Picture;
import io.peerscope.query.rest.IdleSessions;
import io.peerscope.query.setting.SettingsState;
import io.peerscope.query.store.LateWindows;
import io.peerscope.query.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** What is done from time to time. A job that fails is shown and tried again at its next turn. */
final class Jobs implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Jobs.class);
    private static final Duration SETTINGS = Duration.ofSeconds(3);
    private static final Duration HEAL = Duration.ofSeconds(1);
    private static final Duration FENCE = Duration.ofSeconds(10);
    private static final Duration WATCH = Duration.ofSeconds(15);
    private static final Duration ADVISE = Duration.ofSeconds(5);
    private static final Duration ADVICE_KEPT = Duration.ofDays(365);
    private static final Duration EXPECT = Duration.ofSeconds(10);
    private static final Duration IDLE_SESSIONS = Duration.ofSeconds(2);
    private static final Duration TIDY = Duration.ofMinutes(30);
    /** What was silenced when can be looked up for so long. */
    private static final Duration SILENCES_KEPT = Duration.ofDays(30);

    private final Parts parts;
    private final Duration tiersEvery;
    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("query-api-jobs").daemon().factory());
    /** For what may take minutes. */
    private final ScheduledExecutorService slowThread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("query-api-slow-jobs").daemon().factory());

    /** One turn. */
    @FunctionalInterface
    private interface Turn {
        void run() throws SQLException;
    }

    Jobs(Parts parts, QuerySettings settings) {
        this.parts = parts;
        this.tiersEvery = settings.jobs().tiersEvery();
    }

    void start() {
        every(SETTINGS, "settings", this::takeOverSettings);
        every(HEAL, "late windows", this::heal);
        every(tiersEvery, "tiers", () -> parts.past.tierWatch.run(parts.basis.wallClock.instant()));
        every(FENCE, "stalled writers", this::endStalled);
        every(
                thread,
                Duration.ZERO,
                WATCH,
                "ledger",
                () -> parts.tables.ledgerWatch.look(
                        LocalDate.ofInstant(parts.basis.wallClock.instant(), ZoneOffset.UTC)));
        every(slowThread, ADVISE, "advice", this::advise);
        every(
                TIDY,
                "old advice",
                () -> parts.tables.advice.forget(parts.basis.wallClock.instant().minus(ADVICE_KEPT)));
        every(TIDY, "retention", () -> parts.past.retention.run(parts.basis.wallClock.instant()));
        every(
                slowThread,
                EXPECT,
                "expectations",
                () -> parts.past.expectations.run(parts.topics.rules.all(), parts.basis.wallClock.instant()));
        every(TIDY, "compression", parts.past.compression::run);
        every(TIDY, "expired credentials", parts.topics.credentialBook::sweep);
        every(IdleSessions.WRITTEN_EVERY, "use of sessions", this::writeUseOfSessions);
        every(IDLE_SESSIONS, "idle sessions", () -> parts.idleSessions.endIdle(parts.endingIdle::taken));
        every(
                TIDY,
                "expired sessions",
                () -> parts.tables.loginSessions.forgetExpired(parts.basis.wallClock.instant()));
        every(TIDY, "old silences", this::forgetOldSilences);
    }

    Condition condition() {
        return troubles.isEmpty()
                ? Condition.ok()
                : new Condition.Degraded("jobs do not get on: " + String.join(", ", troubles.values()));
    }

    /** What another instance of this service changed, or this one before it started. */
    private void takeOverSettings() {
        SettingsState state = parts.tables.settings.load();
        parts.past.settings.take(state);
        parts.topics.settings.settle(state);
    }

    private void heal() throws SQLException {
        LateWindows late = parts.past.lateWindows;
        long before = late.givenUp();
        while (late.heal() > 0) {
            if (thread.isShutdown()) {
                return;
            }
        }
        if (late.givenUp() > before) {
            LOG.warnf(
                    "%d minutes keep the roll-up they have: what came late for them came after raw points of them were"
                            + " dropped",
                    late.givenUp() - before);
        }
    }

    private void advise() throws SQLException {
        if (!parts.advising.taken()) {
            return;
        }
        Instant now = parts.basis.wallClock.instant();
        Picture picture = new Picture(
                parts.topics.network.links(),
                parts.topics.live.hosts(),
                parts.topics.network.presences(),
                parts.topics.network.topology().orElse(null));
        parts.tables.advice.write(parts.adviceBook.look(parts.tables.advice.live(), picture, now), now);
    }

    private void forgetOldSilences() {
        Instant since = parts.basis.wallClock.instant().minus(SILENCES_KEPT);
        for (Silence silence : parts.topics.silences.all()) {
            if (silence.over(since)) {
                parts.topics.silences.delete(silence.id());
            }
        }
    }

    private void writeUseOfSessions() throws SQLException {
        Map<String, Instant> used = parts.sessionActivity.unwritten();
        parts.tables.loginSessions.used(used);
        parts.sessionActivity.written(used);
    }

    private void endStalled() throws SQLException {
        int ended = parts.tables.stalledWriters.end();
        if (ended > 0) {
            LOG.warnf("%d transactions were ended whose process was stopped or cut off", ended);
        }
    }

    private void every(Duration pause, String name, Turn turn) {
        every(thread, pause, name, turn);
    }

    private void every(ScheduledExecutorService on, Duration pause, String name, Turn turn) {
        every(on, pause, pause, name, turn);
    }

    private void every(ScheduledExecutorService on, Duration first, Duration pause, String name, Turn turn) {
        JobMeter meter = new JobMeter(parts.basis.meters, parts.basis.wallClock, name);
        on.scheduleWithFixedDelay(
                () -> {
                    long begun = System.nanoTime();
                    try {
                        turn.run();
                        troubles.remove(name);
                        meter.done(Duration.ofNanos(System.nanoTime() - begun));
                    } catch (SQLException | StoreException | KafkaUnavailableException e) {
                        meter.failed(Duration.ofNanos(System.nanoTime() - begun));
                        if (troubles.put(name, name + ": " + e.getMessage()) == null) {
                            LOG.warnf("%s: %s; tried again at the next turn", name, e.getMessage());
                        }
                    } catch (RuntimeException e) {
                        meter.failed(Duration.ofNanos(System.nanoTime() - begun));
                        troubles.put(name, name + ": " + e);
                        LOG.errorf(e, "%s failed", name);
                    }
                },
                first.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        slowThread.shutdownNow();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS) || !slowThread.awaitTermination(2, TimeUnit.SECONDS)) {
                LOG.warn("a job does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        parts.past.expecting.close();
        parts.advising.close();
        parts.endingIdle.close();
    }
}
