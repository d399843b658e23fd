package io.peerscope.alert.window;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.rule.WindowFunction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Measures windows {@code (at - over, at]}. What a value is depends on nothing but the samples of its window: after a
 * restart, or in a what-if, it is the same to the last bit. So sums are made anew each time, from at most
 * {@link Series#MOST} samples and a slice for each second before them; percentiles are of those samples alone. Not
 * thread-safe.
 */
public final class Windows {
    private static final double MILLIS = 1_000;

    /** So few samples are sorted faster than they are kept in order. */
    private static final int FEW = 64;

    private final long staleAfter;
    private final double[] scratch = new double[FEW];

    /** @param staleAfter samples further apart say nothing about the time between; milliseconds */
    public Windows(long staleAfter) {
        this.staleAfter = staleAfter;
    }

    /**
     * @param over milliseconds; 0: the newest sample alone
     * @return NaN where the samples do not say it
     */
    public double measure(WindowFunction function, @Nullable Series series, long at, long over) {
        if (series == null || series.size() == 0) {
            return Double.NaN;
        }
        int end = series.after(at);
        int from = over == 0 ? Math.max(end - 1, 0) : series.after(at - over);
        if (from >= end) {
            return Double.NaN;
        }
        return from == 0 && over > 0 && series.isSliced()
                ? sliced(function, series, end, at, over)
                : whole(function, series, from, end, over);
    }

    private double whole(WindowFunction function, Series series, int from, int end, long over) {
        return switch (function) {
            case LAST -> series.value(end - 1);
            case COUNT -> end - from;
            case SUM -> sum(series, from, end);
            case AVG -> sum(series, from, end) / (end - from);
            case MIN -> extreme(series, from, end, -1);
            case MAX -> extreme(series, from, end, 1);
            case CHANGES -> changes(series, from, end);
            case RATE -> rate(series, from, end, over);
            case INCREASE -> increase(series, from, end);
            case P50 -> quantile(series, from, end, over, 0.50);
            case P95 -> quantile(series, from, end, over, 0.95);
            case P99 -> quantile(series, from, end, over, 0.99);
            case ABSENT -> 0; // there is a sample; that there is none, the clock says
        };
    }

    /** A second that the window begins in counts whole. */
    private double sliced(WindowFunction function, Series series, int end, long at, long over) {
        Slice before = new Slice();
        Slice older = new Slice();
        for (Slice slice : series.slices()) {
            if (slice.lastTime <= at - over) {
                before = slice;
            } else if (slice.lastTime <= at) {
                older.add(slice);
            }
        }
        long begin = older.count == 0 ? series.time(0) : older.firstTime;
        boolean grows = before.count > 0 && begin - before.lastTime <= staleAfter;
        if (older.count == 0 && !grows) {
            return whole(function, series, 0, end, over);
        }
        Slice base = new Slice();
        base.add(grows ? before.lastTime : begin, grows ? before.last : older.first);
        int turns = older.count == 0 || series.value(0) == older.last ? 0 : 1;
        return switch (function) {
            case LAST -> series.value(end - 1);
            case COUNT -> older.count + end;
            case SUM -> older.sum + sum(series, 0, end);
            case AVG -> (older.sum + sum(series, 0, end)) / (older.count + end);
            case MIN -> Math.min(older.min, extreme(series, 0, end, -1));
            case MAX -> Math.max(older.max, extreme(series, 0, end, 1));
            case CHANGES -> older.changes + turns + changes(series, 0, end);
            case RATE ->
                increase(base, older, series, end)
                        / ((series.type() == FieldType.DELTA ? over : series.time(end - 1) - base.lastTime) / MILLIS);
            case INCREASE -> increase(base, older, series, end);
            case P50 -> quantile(series, 0, end, over, 0.50);
            case P95 -> quantile(series, 0, end, over, 0.95);
            case P99 -> quantile(series, 0, end, over, 0.99);
            case ABSENT -> 0;
        };
    }

    private static double increase(Slice base, Slice older, Series series, int end) {
        return switch (series.type()) {
            case DELTA -> older.sum + sum(series, 0, end);
            case GAUGE -> series.value(end - 1) - base.last;
            case COUNTER, UNKNOWN -> {
                Slice grown = new Slice();
                grown.add(base);
                grown.add(older);
                yield grown.growth + Slice.grown(grown.last, series.value(0)) + growth(series, 0, end);
            }
        };
    }

    private static double sum(Series series, int from, int end) {
        double sum = 0;
        for (int i = from; i < end; i++) {
            sum += series.value(i);
        }
        return sum;
    }

    private static double extreme(Series series, int from, int end, int sign) {
        double extreme = series.value(from);
        for (int i = from + 1; i < end; i++) {
            double value = series.value(i);
            extreme = sign > 0 ? Math.max(extreme, value) : Math.min(extreme, value);
        }
        return extreme;
    }

    private static double changes(Series series, int from, int end) {
        int changes = 0;
        for (int i = from + 1; i < end; i++) {
            if (series.value(i) != series.value(i - 1)) {
                changes++;
            }
        }
        return changes;
    }

    private double rate(Series series, int from, int end, long over) {
        if (series.type() == FieldType.DELTA) {
            return sum(series, from, end) / (over / MILLIS);
        }
        long millis = series.time(end - 1) - series.time(base(series, from));
        return increase(series, from, end) / (millis / MILLIS);
    }

    private double increase(Series series, int from, int end) {
        if (series.type() == FieldType.DELTA) {
            return sum(series, from, end);
        }
        int base = base(series, from);
        if (base == end - 1) {
            return Double.NaN; // one sample shows no growth
        }
        return series.type() == FieldType.GAUGE
                ? series.value(end - 1) - series.value(base)
                : growth(series, base, end);
    }

    /** The last sample before the window where there is one, so that windows side by side miss no growth. */
    private int base(Series series, int from) {
        boolean before = from > 0 && series.time(from) - series.time(from - 1) <= staleAfter;
        return before ? from - 1 : from;
    }

    private static double growth(Series series, int base, int end) {
        double growth = 0;
        for (int i = base + 1; i < end; i++) {
            growth += Slice.grown(series.value(i - 1), series.value(i));
        }
        return growth;
    }

    private double quantile(Series series, int from, int end, long over, double share) {
        int count = end - from;
        if (count > FEW) {
            return series.ranks(over, from, end).quantile(share);
        }
        for (int i = 0; i < count; i++) {
            scratch[i] = series.value(from + i);
        }
        Arrays.sort(scratch, 0, count);
        return Ranks.quantile(scratch, count, share);
    }
}
