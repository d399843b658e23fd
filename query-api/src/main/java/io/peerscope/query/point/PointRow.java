package io.peerscope.query.point;

import io.peerscope.contracts.point.Shape;
import java.util.HashMap;
import java.util.Map;

/**
 * A point on its way to or from the table.
 *
 * @param time event time, epoch milliseconds
 * @param values one for each field of the shape; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // a row on the hot path; compared by sameAs
public record PointRow(long subjectId, long time, Shape shape, double[] values, Map<String, String> states) {

    public PointKey key() {
        return new PointKey(subjectId, time);
    }

    public boolean sameAs(PointRow other) {
        return subjectId == other.subjectId
                && time == other.time
                && shape.equals(other.shape)
                && sameBits(other.values)
                && states.equals(other.states);
    }

    /** For Arrays.equals one NaN is as good as another. */
    private boolean sameBits(double[] others) {
        for (int i = 0; i < values.length; i++) {
            if (Double.doubleToRawLongBits(values[i]) != Double.doubleToRawLongBits(others[i])) {
                return false;
            }
        }
        return values.length == others.length;
    }

    /** The same point with what a newer message says of it: other fields are added, for the same ones the newer holds. */
    public PointRow mergedWith(PointRow newer) {
        if (shape.equals(newer.shape) && states.isEmpty()) {
            return newer;
        }
        Map<String, String> allStates = new HashMap<>(states);
        allStates.putAll(newer.states);
        if (shape.equals(newer.shape)) {
            return new PointRow(subjectId, time, shape, newer.values, Map.copyOf(allStates));
        }
        Shape union = shape.with(newer.shape);
        double[] merged = new double[union.size()];
        for (int i = 0; i < merged.length; i++) {
            int at = newer.shape.indexOf(union.field(i));
            merged[i] = at >= 0 ? newer.values[at] : values[shape.indexOf(union.field(i))];
        }
        return new PointRow(subjectId, time, union, merged, Map.copyOf(allStates));
    }
}
