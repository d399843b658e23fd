package io.peerscope.query.store;

import io.peerscope.contracts.point.Shape;
import io.peerscope.query.history.Tier;
import io.peerscope.query.point.PointKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Makes rows of one tier out of the tier below it. Making a bucket again gives the same row, so it may happen at any time
 * and as often as one likes.
 */
final class TierBuilder {
    /** So many subjects in one statement: a fraction of a second, and memory for as many rows. */
    private static final int AT_ONCE = 1000;

    private static final String UPSERT = """
            insert into %1$s (time, subject_id, shape_id, counts, sums, mins, maxs, lasts)
            with part as materialized (
              select * from %2$s where time >= ? and time < ? and subject_id = any(?)),
            target as (
              select c.subject_id, t.shape_id
              from (select subject_id, array_agg(distinct shape_id order by shape_id)::text as combination
                    from part group by 1) c
              join unnest(?, ?) t(combination, shape_id) using (combination)),
            per as (
              select p.subject_id, f.field, sum(p.counts[f.idx])::int8 as c, sum(p.sums[f.idx]) as s,
                     min(p.mins[f.idx]) as mn, max(p.maxs[f.idx]) as mx,
                     (array_agg(p.lasts[f.idx] order by p.time desc))[1] as l
              from part p join shape_field f on f.shape_id = p.shape_id group by 1, 2)
            select ?, t.subject_id, t.shape_id, array_agg(per.c order by f.idx), array_agg(per.s order by f.idx),
                   array_agg(per.mn order by f.idx), array_agg(per.mx order by f.idx), array_agg(per.l order by f.idx)
            from target t
            join shape_field f on f.shape_id = t.shape_id
            join per on per.subject_id = t.subject_id and per.field = f.field
            group by t.subject_id, t.shape_id
            on conflict (subject_id, time) do update set shape_id = excluded.shape_id, counts = excluded.counts,
              sums = excluded.sums, mins = excluded.mins, maxs = excluded.maxs, lasts = excluded.lasts""";

    private final DataSource database;
    private final Ids ids;

    TierBuilder(DataSource database, Ids ids) {
        this.database = database;
        this.ids = ids;
    }

    /** All subjects that the tier below knows in the bucket that starts at {@code start}. */
    void make(Tier tier, long start) throws SQLException {
        List<Long> subjects = subjects(tier, start);
        for (int from = 0; from < subjects.size(); from += AT_ONCE) {
            make(tier, start, subjects.subList(from, Math.min(subjects.size(), from + AT_ONCE)));
        }
    }

    /** Makes the buckets of these subjects, and leaves word for the tier above in the same transaction. */
    void make(Tier tier, long start, List<Long> subjects) throws SQLException {
        Tier source = tier.shorter().orElseThrow();
        try (Connection connection = database.getConnection()) {
            Object[] wanted = subjects.toArray();
            Map<String, Integer> targets = targets(connection, source, start, tier.next(start), wanted);
            connection.setAutoCommit(false);
            try (PreparedStatement upsert =
                    connection.prepareStatement(UPSERT.formatted(tier.table(), source.table()))) {
                upsert.setTimestamp(1, new Timestamp(start));
                upsert.setTimestamp(2, new Timestamp(tier.next(start)));
                upsert.setArray(3, connection.createArrayOf("int8", wanted));
                upsert.setArray(
                        4, connection.createArrayOf("text", targets.keySet().toArray()));
                upsert.setArray(
                        5, connection.createArrayOf("int4", targets.values().toArray()));
                upsert.setTimestamp(6, new Timestamp(start));
                upsert.executeUpdate();
                if (tier.longer().isPresent()) {
                    TierMarks.mark(
                            connection,
                            tier.longer().get(),
                            subjects.stream().map(id -> new PointKey(id, start)).toList());
                }
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private List<Long> subjects(Tier tier, long start) throws SQLException {
        String table = tier.shorter().orElseThrow().table();
        List<Long> subjects = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select distinct subject_id from " + table
                        + " where time >= ? and time < ? order by subject_id")) {
            select.setTimestamp(1, new Timestamp(start));
            select.setTimestamp(2, new Timestamp(tier.next(start)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    subjects.add(rows.getLong(1));
                }
            }
        }
        return subjects;
    }

    /**
     * The shapes that rows of one bucket have, as PostgreSQL writes the array of their numbers, and the number of the
     * shape that has all their fields. New shapes are committed here, before the rows that use them.
     */
    private Map<String, Integer> targets(Connection connection, Tier source, long from, long to, Object[] subjects)
            throws SQLException {
        Map<String, Shape> unions = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select distinct combination::text, combination"
                + " from (select array_agg(distinct shape_id order by shape_id) as combination from " + source.table()
                + " where time >= ? and time < ? and subject_id = any(?) group by subject_id) c")) {
            select.setTimestamp(1, new Timestamp(from));
            select.setTimestamp(2, new Timestamp(to));
            select.setArray(3, connection.createArrayOf("int8", subjects));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    unions.put(rows.getString(1), union(connection, (Integer[])
                            rows.getArray(2).getArray()));
                }
            }
        }
        ids.resolve(connection, Set.of(), new HashSet<>(unions.values()));
        Map<String, Integer> targets = new LinkedHashMap<>();
        unions.forEach((combination, shape) -> targets.put(combination, ids.of(shape)));
        return targets;
    }

    private Shape union(Connection connection, Integer[] shapes) throws SQLException {
        if (shapes.length == 1) {
            return ids.shape(connection, shapes[0]);
        }
        Shape all = Shape.sorted();
        for (Integer shape : shapes) {
            all = all.with(ids.shape(connection, shape));
        }
        return all;
    }
}
