package io.peerscope.alert.window;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.rule.WindowFunction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Measures windows {@code (at - over, at]}. Each is computed from its samples anew, so that a value depends on nothing but
 * them: after a restart, or in a what-if, it is the same to the last bit. Not thread-safe.
 */
public final class Windows {
    private static final double MILLIS = 1_000;

    private final long staleAfter;
    private double[] scratch = new double[64];

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
            case P50 -> quantile(series, from, end, 0.50);
            case P95 -> quantile(series, from, end, 0.95);
            case P99 -> quantile(series, from, end, 0.99);
            case ABSENT -> 0; // there is a sample; that there is none, the clock says
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

    /** A counter that fell has begun again from zero. */
    private static double growth(Series series, int base, int end) {
        double growth = 0;
        for (int i = base + 1; i < end; i++) {
            double step = series.value(i) - series.value(i - 1);
            growth += step >= 0 ? step : series.value(i);
        }
        return growth;
    }

    /** Between the two nearest ranks, in proportion. */
    private double quantile(Series series, int from, int end, double share) {
        int count = end - from;
        if (scratch.length < count) {
            scratch = new double[Math.max(count, 2 * scratch.length)];
        }
        for (int i = 0; i < count; i++) {
            scratch[i] = series.value(from + i);
        }
        Arrays.sort(scratch, 0, count);
        double rank = share * (count - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, count - 1);
        return scratch[below] + (scratch[above] - scratch[below]) * (rank - below);
    }
}
