package io.peerscope.query.point;

import io.peerscope.contracts.point.Shape;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the points of one subject in one window. Points are given in order of time. */
public final class WindowSum {
    private final Map<String, Field> fields = new TreeMap<>();

    private static final class Field {
        private long count;
        private double sum;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private double last;
    }

    public void add(PointRow row) {
        for (int i = 0; i < row.shape().size(); i++) {
            Field field = fields.computeIfAbsent(row.shape().field(i), name -> new Field());
            double value = row.values()[i];
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
        Shape shape = Shape.sorted(fields.keySet().toArray(String[]::new));
        return new RollupRow(subjectId, start, shape, counts, values[0], values[1], values[2], values[3]);
    }
}
