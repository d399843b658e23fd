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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Makes rows of one tier out of the tier below it. Making a bucket again gives the same row, so it may happen at any time
 * and as often as one likes.
 */
final class TierBuilder {
    /** So many subjects in one statement: a fraction of a second, and memory for as many rows. */
    private static final int AT_ONCE = 1000;

    /** Numbers are taken out of their arrays first: what is sorted afterwards is a tenth as wide. */
    private static final String UPSERT = """
            insert into %1$s (%3$s)
            with cell as materialized (
              select p.subject_id, f.field, p.time, p.counts[f.idx] as c, p.sums[f.idx] as s, p.mins[f.idx] as mn,
                     p.maxs[f.idx] as mx, p.lasts[f.idx] as l, coalesce(p.firsts[f.idx], p.lasts[f.idx]) as first,
                     p.gains[f.idx] as gain, %4$s as ft, %5$s as lt
              from %2$s p join shape_field f on f.shape_id = p.shape_id
              where p.time >= ? and p.time < ? and p.subject_id = any(?)),
            target as (select * from unnest(?, ?) t(subject_id, shape_id)),
            step as (
              select *, lag(l) over (partition by subject_id, field order by time) as was from cell),
            per as (
              select subject_id, field, sum(c)::int8 as c, sum(s) as s, min(mn) as mn, max(mx) as mx,
                     (array_agg(l order by time desc))[1] as l, (array_agg(first order by time))[1] as first,
                     min(ft) as ft, max(lt) as lt, bool_or(gain is not null) as grows,
                     sum(coalesce(gain, 0) + case when was is null then 0 when first >= was then first - was
                                                  else first end) as gain
              from step group by 1, 2)
            select ?, t.subject_id, t.shape_id, array_agg(per.c order by f.idx), array_agg(per.s order by f.idx),
                   array_agg(per.mn order by f.idx), array_agg(per.mx order by f.idx), array_agg(per.l order by f.idx),
                   array_agg(per.first order by f.idx),
                   case when bool_or(per.grows)
                     then array_agg(case when per.grows then per.gain else 0 end order by f.idx) end,
                   (array_agg(k.sketches))[1],
                   case when min(per.ft) = max(per.ft) then array[min(per.ft)] else array_agg(per.ft order by f.idx) end,
                   case when min(per.lt) = max(per.lt) then array[min(per.lt)] else array_agg(per.lt order by f.idx) end
            from target t
            join shape_field f on f.shape_id = t.shape_id
            join per on per.subject_id = t.subject_id and per.field = f.field
            left join unnest(?, ?) k(subject_id, sketches) on k.subject_id = t.subject_id
            group by t.subject_id, t.shape_id""" + RollupColumns.REPLACE;

    /** What had parts and has none any more. */
    private static final String DELETE = """
            delete from %1$s t where t.time = ? and t.subject_id = any(?) and not exists
              (select from %2$s s where s.subject_id = t.subject_id and s.time >= ? and s.time < ?)""";

    private final DataSource database;
    private final Ids ids;
    private final AtomicLong givenUp = new AtomicLong();

    TierBuilder(DataSource database, Ids ids) {
        this.database = database;
        this.ids = ids;
    }

    long givenUp() {
        return givenUp.get();
    }

    /** All subjects that the tier below knows in the bucket that starts at {@code start}. */
    void make(Tier tier, long start) throws SQLException {
        List<Long> subjects = subjects(tier, start);
        for (int from = 0; from < subjects.size(); from += AT_ONCE) {
            make(tier, start, subjects.subList(from, Math.min(subjects.size(), from + AT_ONCE)));
        }
    }

    /**
     * Makes the buckets of these subjects, and leaves word for the tier above in the same transaction. Of several instances
     * at the same bucket each reads after the one before has written, so that none puts an older state over a newer one.
     */
    void make(Tier tier, long start, List<Long> subjects) throws SQLException {
        Tier source = tier.shorter().orElseThrow();
        try (Connection connection = database.getConnection()) {
            Object[] wanted = subjects.toArray();
            connection.setAutoCommit(false);
            try {
                TierMarks.aloneWithBucket(connection, tier, start);
                if (start < Floors.hold(connection, source)) {
                    givenUp.addAndGet(subjects.size()); // what is left of it is less than what was made of all of it
                    return;
                }
                Map<Long, Shape> targets = targets(connection, source, start, tier.next(start), wanted);
                TierSketches sketches =
                        TierSketches.read(connection, ids, source, start, tier.next(start), wanted, targets);
                replace(connection, tier, start, subjects, targets, sketches);
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private void replace(
            Connection connection,
            Tier tier,
            long start,
            List<Long> subjects,
            Map<Long, Shape> targets,
            TierSketches sketches)
            throws SQLException {
        String source = tier.shorter().orElseThrow().table();
        Object[] wanted = subjects.toArray();
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT.formatted(
                        tier.table(),
                        source,
                        RollupColumns.ALL,
                        RollupColumns.millis("p", "first_times", "f.idx"),
                        RollupColumns.millis("p", "last_times", "f.idx")));
                PreparedStatement delete = connection.prepareStatement(DELETE.formatted(tier.table(), source))) {
            upsert.setTimestamp(1, new Timestamp(start));
            upsert.setTimestamp(2, new Timestamp(tier.next(start)));
            upsert.setArray(3, connection.createArrayOf("int8", wanted));
            upsert.setArray(4, connection.createArrayOf("int8", targets.keySet().toArray()));
            upsert.setArray(
                    5,
                    connection.createArrayOf(
                            "int4", targets.values().stream().map(ids::of).toArray()));
            upsert.setTimestamp(6, new Timestamp(start));
            upsert.setArray(7, connection.createArrayOf("int8", sketches.subjects()));
            upsert.setArray(8, connection.createArrayOf("bytea", sketches.bytes()));
            upsert.executeUpdate();
            delete.setTimestamp(1, new Timestamp(start));
            delete.setArray(2, connection.createArrayOf("int8", wanted));
            delete.setTimestamp(3, new Timestamp(start));
            delete.setTimestamp(4, new Timestamp(tier.next(start)));
            delete.executeUpdate();
        }
        if (tier.longer().isPresent()) {
            TierMarks.mark(
                    connection,
                    tier.longer().get(),
                    subjects.stream().map(id -> new PointKey(id, start)).toList());
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

    /** For each subject the shape that has all fields of its parts. New shapes are committed here, before their rows. */
    private Map<Long, Shape> targets(Connection connection, Tier source, long from, long to, Object[] subjects)
            throws SQLException {
        Map<Long, Shape> targets = new LinkedHashMap<>();
        Map<List<Integer>, Shape> unions = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select subject_id, array_agg(distinct shape_id)"
                + " from " + source.table() + " where time >= ? and time < ? and subject_id = any(?) group by 1")) {
            select.setTimestamp(1, new Timestamp(from));
            select.setTimestamp(2, new Timestamp(to));
            select.setArray(3, connection.createArrayOf("int8", subjects));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    List<Integer> shapes = List.of((Integer[]) rows.getArray(2).getArray());
                    Shape union = unions.get(shapes);
                    if (union == null) {
                        union = union(connection, shapes);
                        unions.put(shapes, union);
                    }
                    targets.put(rows.getLong(1), union);
                }
            }
        }
        // Numbers of new shapes must be committed even where this transaction is not: they are cached.
        try (Connection committing = database.getConnection()) {
            ids.resolve(committing, Set.of(), new HashSet<>(unions.values()));
        }
        return targets;
    }

    private Shape union(Connection connection, List<Integer> shapes) throws SQLException {
        Shape all = ids.shape(connection, shapes.getFirst());
        for (Integer shape : shapes.subList(1, shapes.size())) {
            all = all.with(ids.shape(connection, shape));
        }
        return all;
    }
}
