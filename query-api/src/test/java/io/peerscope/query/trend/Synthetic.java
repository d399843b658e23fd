package io.peerscope.query.trend;

import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Series of which the right answer is known. Hour 0 is a Monday, midnight UTC. */
final class Synthetic {
    static final long MONDAY = 1_767_571_200_000L - 1_767_571_200_000L % Steps.DAY; // 2026-01-05
    private final double[] values;
    private final long step;

    private Synthetic(double[] values, long step) {
        this.values = values;
        this.step = step;
    }

    static Synthetic hours(int days, IntToDoubleFunction value) {
        return of(days * 24, Steps.HOUR, value);
    }

    static Synthetic days(int days, IntToDoubleFunction value) {
        return of(days, Steps.DAY, value);
    }

    private static Synthetic of(int size, long step, IntToDoubleFunction value) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = value.applyAsDouble(i);
        }
        return new Synthetic(values, step);
    }

    Synthetic plus(IntToDoubleFunction more) {
        return of(values.length, step, at -> values[at] + more.applyAsDouble(at));
    }

    Synthetic noise(double deviation, long seed) {
        Random random = new Random(seed);
        return plus(at -> deviation * random.nextGaussian());
    }

    /** Noise of which each value is much like the one before. */
    Synthetic drift(double deviation, double alike, long seed) {
        Random random = new Random(seed);
        double[] noise = new double[values.length];
        for (int at = 0; at < noise.length; at++) {
            noise[at] = (at == 0 ? 0 : alike * noise[at - 1])
                    + deviation * Math.sqrt(1 - alike * alike) * random.nextGaussian();
        }
        return plus(at -> noise[at]);
    }

    /** More at day than at night, and less at weekends. */
    Synthetic season(double size) {
        int perDay = (int) (Steps.DAY / step);
        return plus(at -> size * Math.sin(2 * Math.PI * (at % perDay) / perDay) - (at / perDay % 7 >= 5 ? size : 0));
    }

    Synthetic without(int from, int to) {
        return of(values.length, step, at -> at >= from && at < to ? Double.NaN : values[at]);
    }

    Synthetic gaps(double share, long seed) {
        Random random = new Random(seed);
        return of(values.length, step, at -> random.nextDouble() < share ? Double.NaN : values[at]);
    }

    Synthetic wild(double share, double value, long seed) {
        Random random = new Random(seed);
        return of(values.length, step, at -> random.nextDouble() < share ? value : values[at]);
    }

    double[] values() {
        return values;
    }

    Analysis judged() {
        return new Analysis(new Steps(MONDAY, step, values));
    }
}
