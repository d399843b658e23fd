package io.peerscope.query.store;

import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.Sketch;
import io.peerscope.contracts.rollup.Sketches;
import io.peerscope.query.history.HistoryPlan;
import io.peerscope.query.history.HistoryPlan.Segment;
import io.peerscope.query.history.Tier;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Percentiles where not every sample is kept: the sketches of roll-ups added up, and for the newest end raw points. */
final class StoredPercentiles {
    private static final String RAW = """
            select g.grp, f.field, r.time, r.values[f.idx]
            from unnest(?, ?) g(id, grp)
            join raw_point r on r.subject_id = g.id and r.time >= ? and r.time < ?
            join shape_field f on f.shape_id = r.shape_id and f.field = any(?)""";

    /** A row's sketches are bytes together, so it comes once however many of them are asked for. */
    private static final String ROLLUP = """
            select g.grp, r.shape_id, r.time, r.sketches
            from unnest(?, ?) g(id, grp)
            join %s r on r.subject_id = g.id and r.time >= ? and r.time < ? and r.sketches is not null
            where r.shape_id = any(?)""";

    private final HistoryPlan plan;
    private final double share;
    private final Places places;
    private final Map<Step, Sketch.Sum> steps = new TreeMap<>(
            Comparator.comparingInt(Step::group).thenComparing(Step::metric).thenComparingLong(Step::time));

    /** @param share of values that lie below */
    StoredPercentiles(HistoryPlan plan, double share, Places places) {
        this.places = places;
        this.plan = plan;
        this.share = share;
    }

    private record Step(int group, String metric, long time) {}

    /** @param groups which group each subject belongs to */
    void read(Connection connection, Array ids, Array groups, SeriesList into) throws SQLException {
        Array fields = connection.createArrayOf("text", places.fields().toArray());
        Array shapes = places.shapes(connection);
        for (Segment segment : plan.segments()) {
            boolean raw = segment.tier() == Tier.RAW;
            String sql = raw ? RAW : ROLLUP.formatted(segment.tier().table());
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setArray(1, ids);
                select.setArray(2, groups);
                select.setTimestamp(3, new Timestamp(segment.from()));
                select.setTimestamp(4, new Timestamp(segment.to()));
                select.setArray(5, raw ? fields : shapes);
                select.setFetchSize(HistoryReader.AT_ONCE);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        long time = plan.stepOf(rows.getTimestamp(3).getTime());
                        if (raw) {
                            addValue(new Step(rows.getInt(1), rows.getString(2), time), rows.getDouble(4));
                        } else {
                            addSketches(rows.getInt(1), time, places.in(rows.getInt(2)), rows);
                        }
                    }
                }
            }
        }
        steps.forEach((step, sum) ->
                into.add(step.group(), step.metric(), step.time(), sum.sketch().percentile(share)));
    }

    private void addValue(Step step, double value) {
        if (Rollup.counts(value)) {
            steps.computeIfAbsent(step, s -> new Sketch.Sum()).add(value);
        }
    }

    private void addSketches(int group, long time, List<Places.Place> found, ResultSet row) throws SQLException {
        SortedMap<Integer, Sketch> sketches = Sketches.decode(row.getBytes(4));
        for (Places.Place place : found) {
            Sketch sketch = sketches.get(place.index());
            if (sketch != null) {
                steps.computeIfAbsent(new Step(group, place.field(), time), s -> new Sketch.Sum())
                        .add(sketch);
            }
        }
    }
}
