package io.peerscope.contracts.point;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of one subject at one instant. Its identity is (subject, timestamp): seen twice it counts once, and of
 * two with other values the newer one holds.
 *
 * @param timestamp corrected event time, epoch milliseconds
 * @param values one for each field of the shape, owned by the point, not to be changed; in what others' formats brought,
 *     infinite or no number, or the {@link Staleness#MARKER}
 * @param states short words such as {@code map_status=online}
 */
@SuppressWarnings("ArrayRecordComponent") // a row of numbers on the hot path; equals compares its content
public record Point(Subject subject, long timestamp, Shape shape, double[] values, Map<String, String> states) {

    public Point {
        if (values.length != shape.size()) {
            throw new IllegalArgumentException(values.length + " values for the fields " + shape);
        }
    }

    public static Point of(Subject subject, long timestamp, Map<String, Double> fields) {
        return of(subject, timestamp, fields, Map.of());
    }

    public static Point of(Subject subject, long timestamp, Map<String, Double> fields, Map<String, String> states) {
        TreeMap<String, Double> sorted = new TreeMap<>(fields);
        return new Point(
                subject,
                timestamp,
                Shape.sorted(sorted.keySet().toArray(String[]::new)),
                sorted.values().stream().mapToDouble(Double::doubleValue).toArray(),
                Map.copyOf(states));
    }

    /** Whether all it says is that its fields have ended. */
    public boolean isEnd() {
        for (double value : values) {
            if (!Staleness.is(value)) {
                return false;
            }
        }
        return values.length > 0 && states.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Point point
                && timestamp == point.timestamp
                && subject.equals(point.subject)
                && shape.equals(point.shape)
                && Arrays.equals(values, point.values)
                && states.equals(point.states);
    }

    @Override
    public int hashCode() {
        return subject.hashCode() * 31 + Long.hashCode(timestamp);
    }
}
