package io.peerscope.aggregate.live;

import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Staleness;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The newest number of each field by event time; of two at the same instant the one that arrived later. A field that has
 * ended is not there, until a newer number comes; what is no number otherwise is passed over.
 */
final class LatestValues {
    /** Where a field has no value yet. */
    private static final long NEVER = Long.MIN_VALUE;

    private static final int NO_OTHERS = 0;

    private final int bound;
    private Shape shape;
    private double[] values;
    private long[] times;

    /** @param bound how many fields it may hold; a point that brings more than there is room for adds none */
    LatestValues(int bound) {
        this(Shape.sorted(), bound);
    }

    /** Of these fields only; others, also where they come first and there would be room, are passed over. */
    static LatestValues only(Shape fields) {
        return new LatestValues(fields, NO_OTHERS);
    }

    private LatestValues(Shape expected, int bound) {
        this.bound = bound;
        this.shape = expected;
        this.values = new double[expected.size()];
        this.times = new long[expected.size()];
        Arrays.fill(times, NEVER);
    }

    /** @return how many fields there was no room for */
    int update(Shape fields, long time, double[] newValues) {
        if (fields.hasFieldsOf(shape)) {
            for (int i = 0; i < newValues.length; i++) {
                set(i, time, newValues[i]);
            }
            return 0;
        }
        int refused = 0;
        for (int i = 0; i < newValues.length; i++) {
            int field = shape.indexOf(fields.field(i));
            if (field < 0 && refused == 0) {
                widen(fields);
                field = shape.indexOf(fields.field(i));
            }
            if (field < 0) {
                refused++;
            } else {
                set(field, time, newValues[i]);
            }
        }
        return refused;
    }

    private void set(int field, long time, double value) {
        if (time >= times[field] && (Double.isFinite(value) || Staleness.is(value))) {
            values[field] = value;
            times[field] = time;
        }
    }

    private void widen(Shape fields) {
        if (bound == NO_OTHERS) {
            return;
        }
        int[] present = present();
        if (shape.size() == bound && present.length == bound) {
            return;
        }
        Shape wider = shape.with(fields);
        if (wider.size() > bound) {
            wider = shape.only(present).with(fields); // what has ended makes room
        }
        if (wider.size() > bound) {
            return;
        }
        double[] widerValues = new double[wider.size()];
        long[] widerTimes = new long[wider.size()];
        for (int i = 0; i < wider.size(); i++) {
            int from = shape.indexOf(wider.field(i));
            widerValues[i] = from < 0 ? 0 : values[from];
            widerTimes[i] = from < 0 ? NEVER : times[from];
        }
        shape = wider;
        values = widerValues;
        times = widerTimes;
    }

    /** The value unless it is older than {@code since}. */
    OptionalDouble get(String field, long since) {
        int index = shape.indexOf(field);
        return index >= 0 && times[index] >= since && has(index)
                ? OptionalDouble.of(values[index])
                : OptionalDouble.empty();
    }

    private boolean has(int field) {
        return times[field] != NEVER && !Staleness.is(values[field]);
    }

    private int[] present() {
        return IntStream.range(0, values.length).filter(this::has).toArray();
    }

    boolean isEmpty() {
        return present().length == 0;
    }

    Map<String, Double> asMap() {
        Map<String, Double> map = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            if (has(i)) {
                map.put(shape.field(i), values[i]);
            }
        }
        return map;
    }

    /** The fields by the instant they are of, with their ends: points that would make it again. */
    Map<Long, Map<String, Double>> byTime() {
        Map<Long, Map<String, Double>> instants = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            if (times[i] != NEVER) {
                instants.computeIfAbsent(times[i], time -> new TreeMap<>()).put(shape.field(i), values[i]);
            }
        }
        return instants;
    }
}
