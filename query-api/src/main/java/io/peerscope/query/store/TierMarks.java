package io.peerscope.query.store;

import io.peerscope.query.history.Tier;
import io.peerscope.query.point.PointKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Leaves word that buckets of a longer tier have to be made again, because rows they are made of have changed. Called in
 * the transaction of that change.
 */
final class TierMarks {
    /** Advisory locks of the tiers: shared by those who change what a tier is made of, alone for who moves its progress. */
    private static final long LOCK = 0x7065_6572_7469_6572L;

    private TierMarks() {}

    /** @param changed rows of the tier below {@code tier} */
    static void mark(Connection connection, Tier tier, Collection<PointKey> changed) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        // before reading, so that what is read cannot move until this transaction ends
        lock(connection, "pg_advisory_xact_lock_shared(?)", tier);
        long doneUntil = doneUntil(connection, tier);
        Set<PointKey> late = new LinkedHashSet<>();
        for (PointKey row : changed) {
            if (row.time() < doneUntil) {
                late.add(new PointKey(row.subjectId(), tier.bucket(row.time())));
            }
        }
        insert(connection, tier, late);
    }

    /** Alone with the tier until the transaction ends. */
    static void alone(Connection connection, Tier tier) throws SQLException {
        lock(connection, "pg_advisory_xact_lock(?)", tier);
    }

    /** Alone with one bucket among those who make buckets, until the transaction ends. */
    static void aloneWithBucket(Connection connection, Tier tier, long start) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(
                "select " + IdleBound.SETTING + ", pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, tier.table() + start);
            lock.execute();
        }
    }

    static void insert(Connection connection, Tier tier, Collection<PointKey> buckets) throws SQLException {
        if (buckets.isEmpty()) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into tier_work (tier, start, subject_id) values (?, ?, ?)"
                        + " on conflict (tier, start, subject_id) do update set version = tier_work.version + 1")) {
            for (PointKey bucket : buckets) {
                insert.setString(1, tier.word());
                insert.setTimestamp(2, new Timestamp(bucket.time()));
                insert.setLong(3, bucket.subjectId());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void lock(Connection connection, String call, Tier tier) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select " + IdleBound.SETTING + ", " + call)) {
            lock.setLong(1, LOCK + tier.ordinal());
            lock.execute();
        }
    }

    /** @return epoch milliseconds, or the beginning of time where the tier has not begun */
    static long doneUntil(Connection connection, Tier tier) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select done_until from tier_progress where tier = ?")) {
            select.setString(1, tier.word());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getTimestamp(1).getTime() : Long.MIN_VALUE;
            }
        }
    }
}
