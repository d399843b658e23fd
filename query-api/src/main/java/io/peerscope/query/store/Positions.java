package io.peerscope.query.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far each partition of a topic is stored. Positions change by compare-and-set in the transaction that writes the
 * rows: a batch is stored once, whoever else believes to own the partition and whatever is replayed.
 */
public final class Positions {
    /**
     * An expression for which run of which database answers. Without a change of it nobody can have put an older copy in
     * the database's place, by whatever means: a restored database or table is another one, and restored files take a start.
     */
    public static final String WHERE = "(select oid from pg_database where datname = current_database()) || '/'"
            + " || 'topic_position'::regclass::oid || '/' || pg_postmaster_start_time()";

    private Positions() {}

    public static String where(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + WHERE);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    /** Next offsets by partition; a partition never seen starts at 0. */
    public static Map<Integer, Long> load(Connection connection, String topic, Collection<Integer> partitions)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into topic_position select ?, p, 0 from unnest(?) p on conflict do nothing")) {
            insert.setString(1, topic);
            insert.setArray(2, connection.createArrayOf("int4", partitions.toArray()));
            insert.executeUpdate();
        }
        Map<Integer, Long> positions = all(connection, topic);
        positions.keySet().retainAll(partitions);
        return positions;
    }

    public static Map<Integer, Long> all(Connection connection, String topic) throws SQLException {
        Map<Integer, Long> positions = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("select partition, next_offset from topic_position where topic = ?")) {
            select.setString(1, topic);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    positions.put(rows.getInt(1), rows.getLong(2));
                }
            }
        }
        return positions;
    }

    /**
     * Moves from what the caller believes to what it has stored.
     *
     * @return false where another position is found: somebody else stored meanwhile, so the caller must roll back
     */
    public static boolean advance(Connection connection, String topic, Map<Integer, Long> from, Map<Integer, Long> to)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update topic_position set next_offset = ? where topic = ? and partition = ? and next_offset = ?")) {
            // in order of partition, so that two writers wait for each other instead of dead-locking
            for (Map.Entry<Integer, Long> next : new TreeMap<>(to).entrySet()) {
                update.setLong(1, next.getValue());
                update.setString(2, topic);
                update.setInt(3, next.getKey());
                update.setLong(4, from.getOrDefault(next.getKey(), -1L));
                if (update.executeUpdate() != 1) {
                    return false;
                }
            }
            return true;
        }
    }
}
