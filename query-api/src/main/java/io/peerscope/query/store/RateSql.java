package io.peerscope.query.store;

import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.query.history.HistoryPlan;
import io.peerscope.query.history.HistoryPlan.Segment;
import io.peerscope.query.history.Tier;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statement for rates: a line for each field of each row. All tiers are brought to the same columns, a sample being a
 * roll-up of its own, so that one statement can read several.
 */
final class RateSql {
    /**
     * {@code e} is when the last value was seen, as far as one knows: at the end of the bucket. What does not count in
     * roll-ups becomes null, which every aggregate passes over.
     */
    private static final String RAW = """
            select p.grp, p.id, p.field, p.type, p.time, p.time as e, p.v as s, p.v as l, p.v as fst, float8 '0' as g
            from (select g.grp, g.id, f.field, f.type, r.time,
                         case when r.values[f.idx] between float8 '-%1$s' and float8 '%1$s' then r.values[f.idx] end as v
                  from unnest(?, ?) g(id, grp)
                  join raw_point r on r.subject_id = g.id and r.time >= ? and r.time < ?
                  join shape_field f on f.shape_id = r.shape_id and f.field = any(?)) p
            """.formatted(Rollup.LARGEST);

    private static final String ROLLUP = """
            select g.grp, g.id, f.field, f.type, r.time, r.time + interval '%s' as e, r.sums[f.idx] as s,
                   r.lasts[f.idx] as l, coalesce(r.firsts[f.idx], r.lasts[f.idx]) as fst,
                   coalesce(r.gains[f.idx], 0) as g
            from unnest(?, ?) g(id, grp)
            join %s r on r.subject_id = g.id and r.time >= ? and r.time < ?
            join shape_field f on f.shape_id = r.shape_id and f.field = any(?)
            """;

    /**
     * By what the sender says of the field's type (points.proto: 1 gauge, 2 counter, 3 delta), or else the catalogue: a
     * counter's increase and a gauge's difference, each over the time between the samples; what a delta adds up to over
     * the step. Of what nobody knows, it is a counter's as far as last values tell: roll-ups keep no more of it.
     *
     * <p>The offset keeps the planner from sorting whole rows, arrays and all, instead of the numbers taken from them.
     */
    private static final String RATES = """
            with x as (%s offset 0),
            d as (select x.grp, x.id, x.field, x.time, x.e, x.l, x.s, x.fst, x.g, coalesce(nullif(x.type, 0), m.type) as type,
                         lag(x.l) over w as was, lag(x.e) over w as since
                  from x join unnest(?, ?) m(field, type) on m.field = x.field
                  where x.l is not null window w as (partition by x.id, x.field order by x.time)),
            per as (select x.grp, x.id, x.field, %s as t,
                           sum(case when x.type = 3 then x.s
                                    when x.type = 1 then x.l - x.was
                                    when x.type = 2
                                      then x.g + case when x.fst >= x.was then x.fst - x.was else x.fst end
                                    when x.l >= x.was then x.l - x.was
                                    else x.l end) as gained,
                           case when bool_or(x.type = 3) then %d
                                else sum(extract(epoch from x.e - x.since)::float8) end as seconds
                    from d x where (x.was is not null or x.type = 3) and x.time >= ? group by 1, 2, 3, 4)
            select grp, field, t, sum(gained / seconds) from per where seconds > 0
            group by 1, 2, 3 order by 1, 2, 3""";

    /** How far before the range a former value is looked for, at least. */
    private static final long LOOK_BACK = 300_000;

    private RateSql() {}

    static String of(HistoryPlan plan) {
        String rows =
                segments(plan).stream().map(segment -> rows(segment.tier())).collect(Collectors.joining(" union all "));
        String start = "(extract(epoch from %s) * 1000)::int8".formatted(HistorySql.step(plan));
        return RATES.formatted(rows, start, plan.step() / 1000);
    }

    private static String rows(Tier tier) {
        return switch (tier) {
            case RAW -> RAW;
            case MINUTE -> ROLLUP.formatted("1 minute", tier.table());
            case HOUR -> ROLLUP.formatted("1 hour", tier.table());
            case DAY -> ROLLUP.formatted("1 day", tier.table());
            case MONTH -> ROLLUP.formatted("1 month", tier.table());
        };
    }

    /** What is read: a rate also needs the values before the range. */
    private static List<Segment> segments(HistoryPlan plan) {
        List<Segment> segments = new ArrayList<>(plan.segments());
        Segment first = segments.getFirst();
        long back = Math.max(
                LOOK_BACK, first.tier() == Tier.RAW ? 0 : 2 * first.tier().resolution());
        segments.set(0, new Segment(first.tier(), first.from() - back, first.to()));
        return segments;
    }

    /**
     * Fills the parameters.
     *
     * @param types of the fields where their senders do not tell
     */
    static void bind(PreparedStatement statement, HistoryPlan plan, Array ids, Array groups, Array fields, Array types)
            throws SQLException {
        int at = 1;
        for (Segment segment : segments(plan)) {
            statement.setArray(at++, ids);
            statement.setArray(at++, groups);
            statement.setTimestamp(at++, new Timestamp(segment.from()));
            statement.setTimestamp(at++, new Timestamp(segment.to()));
            statement.setArray(at++, fields);
        }
        statement.setArray(at++, fields);
        statement.setArray(at++, types);
        statement.setTimestamp(at, new Timestamp(plan.from()));
    }
}
