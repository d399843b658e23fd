package io.peerscope.query.store;

import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.Settings;
import io.peerscope.query.history.Tier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Lets old rows go, whole chunks or days at a time, and on plain PostgreSQL makes the partitions of the days to come.
 * Several instances may run it; one at a time does.
 */
public final class Retention {
    /** Partitioned by day on plain PostgreSQL. */
    private static final List<Tier> BY_DAY = List.of(Tier.RAW, Tier.MINUTE, Tier.HOUR);

    private static final long LOCK = 0x7065657273636f70L;
    private static final int DAYS_AHEAD = 2;
    /** What ingest has just taken must be stored, and its minute healed, before the rest of that minute goes. */
    private static final Duration ON_THE_WAY = Duration.ofHours(1);
    /** The newest of each host are enough to see what is wrong; a host that sends much rubbish must not fill the disk. */
    private static final String OLD_QUARANTINE = "delete from quarantine q using (select topic, partition,"
            + " record_offset, number, row_number() over (partition by host order by at desc, record_offset desc,"
            + " number) n from quarantine) o where o.n > 1000 and q.topic = o.topic and q.partition = o.partition"
            + " and q.record_offset = o.record_offset and q.number = o.number";

    /** How long rows are kept, at least; whole chunks or days go together, so some stay a little longer. */
    public record Policy(
            Duration raw,
            Duration minutes,
            Duration hours,
            Duration days,
            Duration alerts,
            Duration deliveries,
            Duration events,
            Duration receipts,
            Duration ledger,
            Duration sessions) {
        public Policy {
            positive("raw", raw);
            positive("rollup-1m", minutes);
            positive("rollup-1h", hours);
            positive("rollup-1d", days);
            positive("alerts", alerts);
            positive("deliveries", deliveries);
            positive("events", events);
            positive("receipts", receipts);
            positive("ledger", ledger);
            positive("sessions", sessions);
        }

        /** This, as people changed it. */
        public Policy with(Settings now) {
            return new Policy(
                    now.time(Setting.RETENTION_RAW),
                    now.time(Setting.RETENTION_1M),
                    now.time(Setting.RETENTION_1H),
                    now.time(Setting.RETENTION_1D),
                    now.time(Setting.RETENTION_ALERTS),
                    now.time(Setting.RETENTION_DELIVERIES),
                    now.time(Setting.RETENTION_EVENTS),
                    now.time(Setting.RETENTION_RECEIPTS),
                    now.time(Setting.RETENTION_LEDGER),
                    now.time(Setting.RETENTION_SESSIONS));
        }

        private static void positive(String key, Duration kept) {
            if (!kept.isPositive()) {
                throw new IllegalArgumentException(
                        "peerscope.query.retention.%s must be positive, was %s".formatted(key, kept));
            }
        }
    }

    private final DataSource database;
    private final Supplier<Policy> policies;

    /** @param policies asked at each run, so that they may change meanwhile */
    public Retention(DataSource database, Supplier<Policy> policies) {
        this.database = database;
        this.policies = policies;
    }

    public Retention(DataSource database, Policy policy) {
        this(database, () -> policy);
    }

    /** Since when raw points can be counted on: what longer retention wants may be gone already. */
    public Instant rawSince(Instant now) {
        Instant wanted = now.minus(policies.get().raw());
        try (Connection connection = database.getConnection()) {
            Instant floor = Tiers.reach(connection).since(Tier.RAW);
            return floor.isAfter(wanted) ? floor : wanted;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    public void run(Instant now) throws SQLException {
        Policy policy = policies.get();
        try (Connection connection = database.getConnection()) {
            if (!lock(connection)) {
                return;
            }
            try {
                Flavour flavour = Flavour.of(connection);
                // Waiting for a lock would hold up every writer behind it; the next run tries again.
                execute(connection, "set lock_timeout = '3s'");
                if (flavour == Flavour.PLAIN) {
                    makeDays(connection, LocalDate.ofInstant(now, ZoneOffset.UTC));
                }
                drop(connection, flavour, Tier.RAW, now.minus(policy.raw()).minus(ON_THE_WAY));
                drop(connection, flavour, Tier.MINUTE, now.minus(policy.minutes()));
                drop(connection, flavour, Tier.HOUR, now.minus(policy.hours()));
                drop(connection, flavour, Tier.DAY, now.minus(policy.days()));
                delete(connection, "delete from alert_event where time < ?", now.minus(policy.alerts()));
                delete(
                        connection,
                        "delete from alert where updated_at < ? and status = 'resolved'",
                        now.minus(policy.alerts()));
                delete(connection, "delete from delivery where at < ?", now.minus(policy.deliveries()));
                delete(connection, "delete from held where at < ?", now.minus(policy.deliveries()));
                delete(connection, "delete from network_event where time < ?", now.minus(policy.events()));
                delete(connection, "delete from receipt_note where at < ?", now.minus(policy.receipts()));
                delete(connection, "delete from quarantine where at < ?", now.minus(policy.receipts()));
                execute(connection, OLD_QUARANTINE);
                delete(connection, "delete from ledger_day where day < ?::date", now.minus(policy.ledger()));
                delete(connection, "delete from clock_day where day < ?::date", now.minus(policy.ledger()));
                Instant sessions = now.minus(policy.sessions());
                delete(connection, "delete from p2p_connection_metrics where created_at < ?", sessions);
                delete(connection, "delete from p2p_streaming_metrics where created_at < ?", sessions);
                delete(connection, "delete from p2p_analytics_aggregates where updated_at < ?", sessions);
            } finally {
                execute(connection, "reset lock_timeout");
                execute(connection, "select pg_advisory_unlock(" + LOCK + ")");
            }
        }
    }

    private static boolean lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void makeDays(Connection connection, LocalDate today) throws SQLException {
        try (PreparedStatement make = connection.prepareStatement("select ensure_day(?, ?)")) {
            for (Tier tier : BY_DAY) {
                for (int day = -1; day <= DAYS_AHEAD; day++) {
                    make.setString(1, tier.table());
                    make.setObject(2, today.plusDays(day));
                    make.execute();
                }
            }
        }
    }

    /** Never what the tier above has still to be made of. Minutes are made of raw points elsewhere, and at once. */
    private static void drop(Connection connection, Flavour flavour, Tier tier, Instant wanted) throws SQLException {
        Instant needed = tier == Tier.RAW ? Instant.MAX : Tiers.neededSince(connection, tier);
        if (needed.equals(Instant.MIN)) {
            return;
        }
        Instant before = wanted.isBefore(needed) ? wanted : needed;
        if (flavour == Flavour.PLAIN && !BY_DAY.contains(tier)) {
            Floors.raise(connection, tier, before);
            delete(connection, "delete from " + tier.table() + " where time < ?", before);
            return;
        }
        Optional<Instant> since = completeSince(connection, tier, before);
        if (since.isEmpty()) {
            return;
        }
        Floors.raise(connection, tier, since.get());
        String call =
                switch (flavour) {
                    case PLAIN -> "select drop_days(?, ?)";
                    case TIMESCALE_APACHE, TIMESCALE_COMMUNITY ->
                        "select drop_chunks(?::regclass, older_than => ?::timestamptz)";
                };
        try (PreparedStatement drop = connection.prepareStatement(call)) {
            drop.setString(1, tier.table());
            drop.setTimestamp(2, Timestamp.from(since.get()));
            drop.execute();
        }
    }

    /** What of the tier stays whole when it is dropped up to there: it goes by chunks or days. Empty: all. */
    private static Optional<Instant> completeSince(Connection connection, Tier tier, Instant before)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select complete_since(?, ?)")) {
            select.setString(1, tier.table());
            select.setTimestamp(2, Timestamp.from(before));
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getTimestamp(1) != null
                        ? Optional.of(row.getTimestamp(1).toInstant())
                        : Optional.empty();
            }
        }
    }

    private static void delete(Connection connection, String sql, Instant before) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setTimestamp(1, Timestamp.from(before));
            delete.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
