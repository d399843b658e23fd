package io.peerscope.query.store;

import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.query.history.Aggregate;
import io.peerscope.query.history.HistoryPlan;
import io.peerscope.query.history.HistoryPlan.Segment;
import io.peerscope.query.history.Tier;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * The statement for rates and increases: a line for each field of each row. All tiers are brought to the same columns, a sample being a
 * roll-up of its own, so that one statement can read several, and every tier gives the same answer.
 *
 * <p>From each value to the next a field changes by something, over some time. A step's rate is what those changes come
 * to that end in it, divided by the time that they took: so a bucket that is not over yet, or whose first value has none
 * before it, is divided by what is covered of it. Two values further apart than {@link HistoryPlan#longestGap} say nothing
 * of one another. Roll-ups know what happened between their first and last value, and when these were.
 */
final class RateSql {
    /** What does not count in roll-ups is passed over. */
    private static final String SAMPLE = """
            select %%s, f.field, f.type, r.time, r.time as ft, r.time as lt, r.values[f.idx] as s, r.values[f.idx] as l,
                   r.values[f.idx] as fst, float8 '0' as g
            from %%s raw_point r
            join shape_field f on f.shape_id = r.shape_id and f.field = %%s
            where r.subject_id = g.id and r.time >= ? and r.time < ?
              and r.values[f.idx] between float8 '-%1$s' and float8 '%1$s'""".formatted(Rollup.LARGEST);

    private static final String ROLLUP = """
            select %%s, f.field, f.type, r.time, %s as ft, %s as lt, r.sums[f.idx] as s, r.lasts[f.idx] as l,
                   coalesce(r.firsts[f.idx], r.lasts[f.idx]) as fst, coalesce(r.gains[f.idx], 0) as g
            from %%s %%s r
            join shape_field f on f.shape_id = r.shape_id and f.field = %%s
            where r.subject_id = g.id and r.time >= ? and r.time < ?""".formatted(time("first_times"), time("last_times"));

    /** The newest row before the range: what its first value is compared with. */
    private static final String FORMER =
            "select x.* from unnest(?, ?) g(id, grp) cross join unnest(?) w(field) cross join lateral"
                    + " (%s order by r.time desc limit 1) x";

    /**
     * By what the sender says of the field's type (points.proto: 1 gauge, 2 counter, 3 delta), or else the catalogue: a
     * counter's increase and a gauge's difference, over the time between the values; what a delta adds up to over the
     * step, as far as that is asked for and was. What nobody knows is taken for a counter. Of its roll-ups from before
     * that was so, the growth inside is known only as far as first and last value tell.
     *
     * <p>The offset keeps the planner from sorting whole rows, arrays and all, instead of the numbers taken from them.
     */
    private static final String RATES = """
            with x as (%1$s offset 0),
            d as (select x.*, coalesce(nullif(x.type, 0), m.type) as kind, lag(x.l) over w as was,
                         x.ft - lag(x.lt) over w as gap
                  from x join unnest(?, ?) m(field, type) on m.field = x.field
                  window w as (partition by x.id, x.field order by x.time)),
            per as (select x.grp, x.id, x.field, %2$s as t,
                           sum(case when x.kind = 3 then x.s
                                    when x.kind = 1 then x.l - x.fst + case when x.gap <= %3$s then x.fst - x.was else 0 end
                                    else case when x.g = 0 then greatest(0, x.l - x.fst) else x.g end
                                      + case when x.gap <= %3$s then x.fst - case when x.fst >= x.was then x.was else 0 end
                                             else 0 end
                                    end) as gained,
                           bool_or(x.kind = 3) as delta,
                           sum(x.lt - x.ft + case when x.gap <= %3$s then x.gap else interval '0' end) as covered
                    from d x where x.time >= ? group by 1, 2, 3, 4),
            step as (select grp, field, t, gained,
                            extract(epoch from case when delta then least(%4$s, ?) - greatest(t, ?) else covered end)::float8
                              as seconds
                     from per)
            select grp, field, (extract(epoch from t) * 1000)::int8, sum(%5$s) from step where seconds > 0
            group by 1, 2, 3 order by 1, 2, 3""";

    private RateSql() {}

    private static String time(String column) {
        return RollupColumns.time("r", column, "f.idx");
    }

    static String of(HistoryPlan plan, Aggregate aggregate) {
        String rows = former(plan)
                + plan.segments().stream()
                        .map(segment -> " union all "
                                + rows(segment.tier(), "g.grp, g.id", "unnest(?, ?) g(id, grp) cross join", "any(?)"))
                        .collect(Collectors.joining());
        String gap = "interval '%d milliseconds'".formatted(plan.longestGap());
        String number = aggregate == Aggregate.INCREASE ? "gained" : "gained / seconds";
        return RATES.formatted(rows, HistorySql.step(plan), gap, stepEnd(plan), number);
    }

    private static String former(HistoryPlan plan) {
        Tier tier = plan.segments().getFirst().tier();
        return FORMER.formatted(rows(tier, "g.grp, g.id", "", "w.field"));
    }

    private static String rows(Tier tier, String head, String subjects, String fields) {
        return tier == Tier.RAW
                ? SAMPLE.formatted(head, subjects, fields)
                : ROLLUP.formatted(head, subjects, tier.table(), fields);
    }

    private static String stepEnd(HistoryPlan plan) {
        return plan.tier() == Tier.MONTH
                ? "(t at time zone 'UTC' + interval '%d months') at time zone 'UTC'".formatted(plan.monthsOfStep())
                : "t + interval '%d seconds'".formatted(plan.step() / 1000);
    }

    /**
     * Fills the parameters.
     *
     * @param types of the fields where their senders do not tell
     * @param now steps of deltas are not divided by time that has not been
     */
    static void bind(
            PreparedStatement statement,
            HistoryPlan plan,
            Array ids,
            Array groups,
            Array fields,
            Array types,
            Instant now)
            throws SQLException {
        Segment first = plan.segments().getFirst();
        int at = 1;
        statement.setArray(at++, ids);
        statement.setArray(at++, groups);
        statement.setArray(at++, fields);
        statement.setTimestamp(at++, new Timestamp(first.tier().bucket(first.from() - plan.longestGap())));
        statement.setTimestamp(at++, new Timestamp(first.from()));
        for (Segment segment : plan.segments()) {
            statement.setArray(at++, ids);
            statement.setArray(at++, groups);
            statement.setArray(at++, fields);
            statement.setTimestamp(at++, new Timestamp(segment.from()));
            statement.setTimestamp(at++, new Timestamp(segment.to()));
        }
        statement.setArray(at++, fields);
        statement.setArray(at++, types);
        statement.setTimestamp(at++, new Timestamp(plan.from()));
        statement.setTimestamp(at++, new Timestamp(Math.min(plan.to(), now.toEpochMilli())));
        statement.setTimestamp(at, new Timestamp(plan.from()));
    }
}
