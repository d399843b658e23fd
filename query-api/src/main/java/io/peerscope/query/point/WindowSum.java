package io.peerscope.query.point;

import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.RollupPlan;
import io.peerscope.contracts.rollup.Sketch;
import io.peerscope.contracts.rollup.Sketches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds up the points of one subject in one window. Points are given in order of time. What does not
 * count ({@link Rollup#counts}) is passed over.
 */
public final class WindowSum {
    private final RollupPlan plan;
    private final Map<String, Field> fields = new TreeMap<>();
    private Shape shape = Shape.sorted();

    private static final class Field {
        private long count;
        private double sum;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private double last;
        private double first;
        private double gain;
        private final List<Integer> keys = new ArrayList<>();
    }

    public WindowSum(RollupPlan plan) {
        this.plan = plan;
    }

    public void add(PointRow row) {
        shape = shape.with(row.shape());
        for (int i = 0; i < row.shape().size(); i++) {
            double value = row.values()[i];
            if (!Rollup.counts(value)) {
                continue;
            }
            Field field = fields.computeIfAbsent(row.shape().field(i), name -> new Field());
            if (field.count == 0) {
                field.first = value;
            } else {
                field.gain += value >= field.last ? value - field.last : value;
            }
            field.keys.add(Sketch.key(value));
            field.count++;
            field.sum += value;
            field.min = Math.min(field.min, value);
            field.max = Math.max(field.max, value);
            field.last = value;
        }
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    public RollupRow toRow(long subjectId, long start) {
        int size = fields.size();
        long[] counts = new long[size];
        double[][] values = new double[6][size];
        Shape counted =
                shape.only(fields.keySet().stream().mapToInt(shape::indexOf).toArray());
        RollupPlan.Fields wanted = plan.of(counted);
        SortedMap<Integer, Sketch> sketches = new TreeMap<>();
        int at = 0;
        for (Field field : fields.values()) {
            counts[at] = field.count;
            values[0][at] = field.sum;
            values[1][at] = field.min;
            values[2][at] = field.max;
            values[3][at] = field.last;
            values[4][at] = field.first;
            values[5][at] = wanted.counter(at) ? field.gain : 0;
            if (wanted.sketch(at)) {
                int[] keys = field.keys.stream().mapToInt(Integer::intValue).toArray();
                sketches.put(at, Sketch.ofKeys(keys, keys.length));
            }
            at++;
        }
        return new RollupRow(
                subjectId,
                start,
                counted,
                counts,
                values[0],
                values[1],
                values[2],
                values[3],
                wanted.anyCounter() ? values[4] : new double[0],
                wanted.anyCounter() ? values[5] : new double[0],
                Sketches.encode(sketches));
    }
}
