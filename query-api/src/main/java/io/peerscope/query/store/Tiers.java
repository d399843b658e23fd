package io.peerscope.query.store;

import io.peerscope.query.history.Reach;
import io.peerscope.query.history.Tier;
import io.peerscope.query.point.PointKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * Keeps hours, days and months: calls for each bucket once its time has come, and makes again those of which a part has
 * changed since. Work is queued in the database, so that it survives a crash and several instances may share it.
 */
public final class Tiers {
    /** Minutes close some time after their end; what comes later heals the hour. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final List<Tier> LONGER = List.of(Tier.HOUR, Tier.DAY, Tier.MONTH);
    private static final int MENDED_AT_ONCE = 500;
    private static final long ALL = 0;

    private final DataSource database;
    private final Ids ids;
    private final TierBuilder builder;

    /** @param ids nobody else's */
    public Tiers(DataSource database, Ids ids) {
        this.database = database;
        this.ids = ids;
        this.builder = new TierBuilder(database, ids);
    }

    private record Work(Tier tier, long start, long subjectId, int version) {}

    /** @return buckets made, of how many subjects whatever */
    public int run(Instant now) throws SQLException {
        int made = 0;
        for (Tier tier : LONGER) {
            callFor(tier, now);
            ids.forget(); // the database may have been set back to an older copy since we were here
            List<Work> work;
            while (!(work = next(tier)).isEmpty()) {
                make(work);
                made += work.size();
            }
        }
        return made;
    }

    /** Buckets that changed but cannot be made again, because parts of them are gone; since the start. */
    public long givenUp() {
        return builder.givenUp();
    }

    /** Up to where each tier can be read. */
    public Reach reach() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return reach(connection);
        }
    }

    static Reach reach(Connection connection) throws SQLException {
        Map<Tier, Instant> until = new EnumMap<>(Tier.class);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select tier, readable_until from tier_reach")) {
            while (rows.next()) {
                for (Tier tier : LONGER) {
                    if (tier.word().equals(rows.getString(1))) {
                        until.put(tier, rows.getTimestamp(2).toInstant());
                    }
                }
            }
        }
        return new Reach(until, Floors.all(connection));
    }

    /**
     * Rows of {@code tier} from here on are still needed by the tier above: it has not been made of them, or must be made
     * of them again.
     */
    static Instant neededSince(Connection connection, Tier tier) throws SQLException {
        if (tier.longer().isEmpty()) {
            return Instant.MAX;
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select least(p.done_until, (select min(start) from tier_work w where w.tier = p.tier))"
                        + " from tier_progress p where p.tier = ?")) {
            select.setString(1, tier.longer().get().word());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getTimestamp(1).toInstant() : Instant.MIN;
            }
        }
    }

    /** Moves the tier's progress to the last bucket whose parts are all there, and queues the buckets passed. */
    private void callFor(Tier tier, Instant now) throws SQLException {
        try (Connection connection = database.getConnection()) {
            OptionalLong done = done(connection, tier);
            OptionalLong end = partsReadyUntil(connection, tier, now);
            if (done.isEmpty() || end.isEmpty() || done.getAsLong() >= end.getAsLong()) {
                return;
            }
            connection.setAutoCommit(false);
            try {
                TierMarks.alone(connection, tier);
                moveProgress(connection, tier, end.getAsLong());
                List<PointKey> buckets = new ArrayList<>();
                for (long start = done.getAsLong(); start < end.getAsLong(); start = tier.next(start)) {
                    buckets.add(new PointKey(ALL, start));
                }
                TierMarks.insert(connection, tier, buckets);
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static void moveProgress(Connection connection, Tier tier, long until) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement("insert into tier_progress values (?, ?)"
                + " on conflict (tier) do update set done_until = excluded.done_until"
                + " where tier_progress.done_until < excluded.done_until")) {
            move.setString(1, tier.word());
            move.setTimestamp(2, new Timestamp(until));
            move.executeUpdate();
        }
    }

    private static OptionalLong partsReadyUntil(Connection connection, Tier tier, Instant now) throws SQLException {
        if (tier == Tier.HOUR) {
            return OptionalLong.of(tier.bucket(now.minus(PATIENCE).toEpochMilli()));
        }
        Instant parts = reach(connection).until().get(tier.shorter().orElseThrow());
        return parts == null ? OptionalLong.empty() : OptionalLong.of(tier.bucket(parts.toEpochMilli()));
    }

    /** Up to where the tier has been called for; empty as long as it has no parts. */
    private static OptionalLong done(Connection connection, Tier tier) throws SQLException {
        long done = TierMarks.doneUntil(connection, tier);
        return done == Long.MIN_VALUE ? begin(connection, tier) : OptionalLong.of(done);
    }

    /**
     * Notes where the tier's parts begin. Finding it reads all of them, so it is done once; alone with the tier, so that
     * no older part can come meanwhile without leaving word.
     */
    private static OptionalLong begin(Connection connection, Tier tier) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            TierMarks.alone(connection, tier);
            OptionalLong begin = OptionalLong.empty();
            try (ResultSet row = statement.executeQuery(
                    "select min(time) from " + tier.shorter().orElseThrow().table())) {
                Timestamp first = row.next() ? row.getTimestamp(1) : null;
                if (first != null) {
                    begin = OptionalLong.of(tier.bucket(first.getTime()));
                    moveProgress(connection, tier, begin.getAsLong());
                }
            }
            connection.commit();
            return begin;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** Work on one bucket: all of it, or subjects of it. */
    private List<Work> next(Tier tier) throws SQLException {
        List<Work> work = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select start, subject_id, version from tier_work where tier = ? and start ="
                                + " (select min(start) from tier_work where tier = ?) order by subject_id limit ?")) {
            select.setString(1, tier.word());
            select.setString(2, tier.word());
            select.setInt(3, MENDED_AT_ONCE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    work.add(new Work(tier, rows.getTimestamp(1).getTime(), rows.getLong(2), rows.getInt(3)));
                }
            }
        }
        return work;
    }

    private void make(List<Work> work) throws SQLException {
        Work first = work.getFirst();
        if (first.subjectId() == ALL) {
            builder.make(first.tier(), first.start());
        } else {
            builder.make(
                    first.tier(),
                    first.start(),
                    work.stream().map(Work::subjectId).toList());
        }
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement(
                        "delete from tier_work where tier = ? and start = ? and subject_id = ? and version = ?")) {
            for (Work each : work) {
                delete.setString(1, each.tier().word());
                delete.setTimestamp(2, new Timestamp(each.start()));
                delete.setLong(3, each.subjectId());
                delete.setInt(4, each.version());
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }
}
