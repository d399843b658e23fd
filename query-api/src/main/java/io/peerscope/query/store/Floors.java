package io.peerscope.query.store;

import io.peerscope.query.history.Tier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * Table {@code tier_floor}: since when rows of a tier are complete, by what was really dropped. It is raised before rows go,
 * and only when nobody counts on them; it never falls, whatever retention is wanted later.
 */
final class Floors {
    /** Advisory locks of the tiers: shared by those who make something of a tier's rows, alone for who lets rows go. */
    private static final long LOCK = 0x7065_6572_666c_6f6fL;

    private Floors() {}

    /** Of each tier of which anything was dropped. */
    static Map<Tier, Instant> all(Connection connection) throws SQLException {
        Map<Tier, Instant> since = new EnumMap<>(Tier.class);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select tier, dropped_before from tier_floor")) {
            while (rows.next()) {
                for (Tier tier : Tier.values()) {
                    if (tier.word().equals(rows.getString(1))) {
                        since.put(tier, rows.getTimestamp(2).toInstant());
                    }
                }
            }
        }
        return since;
    }

    /** Where it is, and where it stays until the transaction ends; epoch milliseconds. */
    static long hold(Connection connection, Tier tier) throws SQLException {
        lock(connection, "pg_advisory_xact_lock_shared(?)", tier);
        // a statement of its own: it sees what was committed while this one waited
        return all(connection).getOrDefault(tier, Instant.EPOCH).toEpochMilli();
    }

    /** The connection commits by itself. */
    static void raise(Connection connection, Tier tier, Instant since) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement raise = connection.prepareStatement("insert into tier_floor values (?, ?)"
                + " on conflict (tier) do update set dropped_before = excluded.dropped_before"
                + " where tier_floor.dropped_before < excluded.dropped_before")) {
            lock(connection, "pg_advisory_xact_lock(?)", tier);
            raise.setString(1, tier.word());
            raise.setTimestamp(2, Timestamp.from(since));
            raise.executeUpdate();
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static void lock(Connection connection, String call, Tier tier) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select " + IdleBound.SETTING + ", " + call)) {
            lock.setLong(1, LOCK + tier.ordinal());
            lock.execute();
        }
    }
}
