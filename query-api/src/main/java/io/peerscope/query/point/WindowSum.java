package io.peerscope.query.point;

import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.rollup.Rollup;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up the points of one subject in one window. Points are given in order of time. What does not
 * count ({@link Rollup#counts}) is passed over.
 */
public final class WindowSum {
    private final Map<String, Field> fields = new TreeMap<>();
    private Shape shape = Shape.sorted();

    private static final class Field {
        private long count;
        private double sum;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private double last;
    }

    public void add(PointRow row) {
        shape = shape.with(row.shape());
        for (int i = 0; i < row.shape().size(); i++) {
            double value = row.values()[i];
            if (!Rollup.counts(value)) {
                continue;
            }
            Field field = fields.computeIfAbsent(row.shape().field(i), name -> new Field());
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
        double[][] values = new double[4][size];
        int at = 0;
        for (Field field : fields.values()) {
            counts[at] = field.count;
            values[0][at] = field.sum;
            values[1][at] = field.min;
            values[2][at] = field.max;
            values[3][at++] = field.last;
        }
        int[] counted = fields.keySet().stream().mapToInt(shape::indexOf).toArray();
        return new RollupRow(subjectId, start, shape.only(counted), counts, values[0], values[1], values[2], values[3]);
    }
}
