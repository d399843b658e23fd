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
import java.util.TreeMap;

/** Percentiles where not every sample is kept: the sketches of roll-ups added up, and for the newest end raw points. */
final class StoredPercentiles {
    private static final String RAW = """
            select g.grp, f.field, r.time, r.values[f.idx]
            from unnest(?, ?) g(id, grp)
            join raw_point r on r.subject_id = g.id and r.time >= ? and r.time < ?
            join shape_field f on f.shape_id = r.shape_id and f.field = any(?)""";

    private static final String ROLLUP = """
            select g.grp, f.field, r.time, f.idx - 1, r.sketches
            from unnest(?, ?) g(id, grp)
            join %s r on r.subject_id = g.id and r.time >= ? and r.time < ? and r.sketches is not null
            join shape_field f on f.shape_id = r.shape_id and f.field = any(?)""";

    private final HistoryPlan plan;
    private final double share;
    private final Map<Step, Sketch.Sum> steps = new TreeMap<>(
            Comparator.comparingInt(Step::group).thenComparing(Step::metric).thenComparingLong(Step::time));

    /** @param share of values that lie below */
    StoredPercentiles(HistoryPlan plan, double share) {
        this.plan = plan;
        this.share = share;
    }

    private record Step(int group, String metric, long time) {}

    /** @param groups which group each subject belongs to */
    void read(Connection connection, Array ids, Array groups, List<String> metrics, SeriesList into)
            throws SQLException {
        Array fields = connection.createArrayOf("text", metrics.toArray());
        for (Segment segment : plan.segments()) {
            String sql = segment.tier() == Tier.RAW
                    ? RAW
                    : ROLLUP.formatted(segment.tier().table());
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setArray(1, ids);
                select.setArray(2, groups);
                select.setTimestamp(3, new Timestamp(segment.from()));
                select.setTimestamp(4, new Timestamp(segment.to()));
                select.setArray(5, fields);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        add(segment.tier(), rows);
                    }
                }
            }
        }
        steps.forEach((step, sum) ->
                into.add(step.group(), step.metric(), step.time(), sum.sketch().percentile(share)));
    }

    private void add(Tier tier, ResultSet row) throws SQLException {
        Step step = new Step(
                row.getInt(1), row.getString(2), plan.stepOf(row.getTimestamp(3).getTime()));
        if (tier == Tier.RAW) {
            double value = row.getDouble(4);
            if (Rollup.counts(value)) {
                steps.computeIfAbsent(step, s -> new Sketch.Sum()).add(value);
            }
            return;
        }
        Sketch sketch = Sketches.decode(row.getBytes(5)).get(row.getInt(4));
        if (sketch != null) {
            steps.computeIfAbsent(step, s -> new Sketch.Sum()).add(sketch);
        }
    }
}
