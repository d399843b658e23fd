package io.peerscope.query.store;

import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.query.history.Aggregate;
import io.peerscope.query.history.HistoryPlan;
import io.peerscope.query.history.HistoryPlan.Segment;
import io.peerscope.query.history.Tier;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statement behind {@link HistoryReader}: a line for each step of a group, with columns for each metric, so that a
 * stored row is read once however many of its fields are asked for. A sample is a roll-up of its own, so that one statement
 * can read several tiers.
 */
final class HistorySql {
    private final Aggregate aggregate;
    private final HistoryPlan plan;
    private final Places places;
    private final boolean samplesOnly;

    HistorySql(Aggregate aggregate, HistoryPlan plan, Places places) {
        this.aggregate = aggregate;
        this.plan = plan;
        this.places = places;
        this.samplesOnly = plan.segments().stream().allMatch(segment -> segment.tier() == Tier.RAW);
    }

    /**
     * Columns: the group, the start of the step in epoch milliseconds, then for each metric whether the step has it, and its
     * value. The offset keeps the planner from sorting whole rows, arrays and all, instead of the numbers taken from them.
     */
    String text() {
        return """
                with g as materialized (select * from unnest(?, ?) u(id, grp)),
                p as materialized (select * from unnest(?%s) u(shape_id%s))
                select x.grp, (extract(epoch from x.step) * 1000)::int8%s
                from (select x.*, %s as step from (%s offset 0) x) x
                group by x.grp, x.step order by x.grp, x.step""".formatted(
                        each(metric -> ", ?"),
                        each(metric -> ", i" + metric),
                        each(metric -> ", " + present(metric) + ", " + value(metric)),
                        step(plan),
                        plan.segments().stream()
                                .map(segment -> rows(segment.tier()))
                                .collect(Collectors.joining(" union all ")));
    }

    private String each(IntFunction<String> ofMetric) {
        return IntStream.range(0, places.fields().size()).mapToObj(ofMetric).collect(Collectors.joining());
    }

    /** Start of the step that {@code x.time} lies in. */
    static String step(HistoryPlan plan) {
        if (plan.tier() != Tier.MONTH) {
            return "date_bin(interval '1 second' * " + plan.step() / 1000 + ", x.time, timestamptz 'epoch')";
        }
        String month = "(extract(year from x.time at time zone 'UTC') * 12"
                + " + extract(month from x.time at time zone 'UTC') - 1)::int";
        String first = "(%1$s - %1$s %% %2$d)".formatted(month, plan.monthsOfStep());
        return "make_timestamptz(%1$s / 12, %1$s %% 12 + 1, 1, 0, 0, 0, 'UTC')".formatted(first);
    }

    private String rows(Tier tier) {
        String from = " from g join " + tier.table() + " r on r.subject_id = g.id and r.time >= ? and r.time < ?"
                + " join p on p.shape_id = r.shape_id";
        String head = "select g.grp, r.time"
                + each(metric -> places.everywhere(metric) ? "" : ", p.i%1$d is not null as h%1$d".formatted(metric));
        if (tier != Tier.RAW) {
            return head + each(this::rollup) + from;
        }
        // In two steps, because taking a number out of its array is what costs most.
        return "select s.grp, s.time"
                + each(metric -> places.everywhere(metric) ? "" : ", s.h" + metric)
                + each(this::sample)
                + " from (" + head + each(metric -> ", r.values[p.i%1$d] as v%1$d".formatted(metric)) + from
                + " offset 0) s";
    }

    /** What does not count in roll-ups becomes null, which every aggregate passes over. */
    private String sample(int metric) {
        String counts = "s.v%1$d between float8 '-%2$s' and float8 '%2$s'".formatted(metric, Rollup.LARGEST);
        String value = ", case when %1$s then s.v%2$d end as v%2$d".formatted(counts, metric);
        String count = ", case when %s then 1 else 0 end::float8 as c%d".formatted(counts, metric);
        return switch (aggregate) {
            case COUNT -> count;
            case AVG -> samplesOnly ? value : value + count;
            case LAST -> value + ", s.time as t" + metric;
            case MIN, MAX, SUM, P50, P95, P99, RATE, INCREASE -> value;
        };
    }

    private String rollup(int metric) {
        String of =
                switch (aggregate) {
                    case COUNT -> ", r.counts[p.i%1$d]::float8 as c%1$d";
                    case AVG -> ", r.sums[p.i%1$d] as v%1$d, r.counts[p.i%1$d]::float8 as c%1$d";
                    case SUM -> ", r.sums[p.i%1$d] as v%1$d";
                    case MIN -> ", r.mins[p.i%1$d] as v%1$d";
                    case MAX -> ", r.maxs[p.i%1$d] as v%1$d";
                    case LAST ->
                        ", r.lasts[p.i%1$d] as v%1$d, " + RollupColumns.time("r", "last_times", "p.i%1$d")
                                + " as t%1$d";
                    case P50, P95, P99, RATE, INCREASE ->
                        throw new IllegalArgumentException(aggregate + " is made otherwise");
                };
        return of.formatted(metric);
    }

    /** A step whose values all do not count is there, without a number. */
    private String present(int metric) {
        return places.everywhere(metric) ? "true" : "bool_or(x.h" + metric + ")";
    }

    private String value(int metric) {
        String of =
                switch (aggregate) {
                    case AVG -> samplesOnly ? "avg(x.v%1$d)" : "sum(x.v%1$d) / nullif(sum(x.c%1$d), 0)";
                    case MIN -> "min(x.v%1$d)";
                    case MAX -> "max(x.v%1$d)";
                    case SUM -> "sum(x.v%1$d)";
                    case COUNT -> "sum(x.c%1$d)::int8";
                    case LAST ->
                        "(array_agg(x.v%1$d order by x.t%1$d desc, x.v%1$d desc) filter (where x.v%1$d is not null))[1]";
                    case P50, P95, P99 ->
                        "(array_agg(x.v%1$d order by x.v%1$d) filter (where x.v%1$d is not null))" + "[floor("
                                + aggregate.share().orElseThrow() + " * (count(x.v%1$d) - 1))::int + 1]";
                    case RATE, INCREASE -> throw new IllegalArgumentException(aggregate + " is made of differences");
                };
        return of.formatted(metric);
    }

    /**
     * Fills the parameters of {@link #text}.
     *
     * @param groups which group each of the subjects belongs to
     */
    void bind(PreparedStatement statement, Array subjects, Array groups) throws SQLException {
        Connection connection = statement.getConnection();
        List<Array> arrays = new ArrayList<>(List.of(subjects, groups, places.shapes(connection)));
        for (int metric = 0; metric < places.fields().size(); metric++) {
            arrays.add(places.indexes(connection, metric));
        }
        int at = 1;
        for (Array array : arrays) {
            statement.setArray(at++, array);
        }
        for (Segment segment : plan.segments()) {
            statement.setTimestamp(at++, new Timestamp(segment.from()));
            statement.setTimestamp(at++, new Timestamp(segment.to()));
        }
    }
}
