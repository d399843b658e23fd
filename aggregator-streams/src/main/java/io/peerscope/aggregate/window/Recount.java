package io.peerscope.aggregate.window;

import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.MinuteWindow;
import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.RollupPlan;
import io.peerscope.contracts.rollup.RollupSum;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Roll-ups from all points of a window, fed in order of arrival: the same point twice counts once, of two values for one
 * field at one instant the one that arrived later holds, and sums run in order of time, so that disorder leaves no trace
 * in the last bit.
 */
final class Recount {
    private final Map<Subject, List<Point>> points = new HashMap<>();
    private final long start;
    private final RollupPlan plan;

    Recount(Set<Subject> subjects, long start, RollupPlan plan) {
        this.plan = plan;
        subjects.forEach(subject -> points.put(subject, new ArrayList<>()));
        this.start = start;
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    void add(Point point) {
        List<Point> known = points.get(point.subject());
        if (known != null && MinuteWindow.startOf(point.timestamp()) == start) {
            known.add(point);
        }
    }

    Rollup close(Subject subject) {
        List<Point> sorted = points.getOrDefault(subject, List.of());
        sorted.sort(Comparator.comparingLong(Point::timestamp)); // stable: order of arrival within an instant
        RollupSum rollup = new RollupSum(Shape.sorted(), plan);
        int from = 0;
        while (from < sorted.size()) {
            int to = from + 1;
            long timestamp = sorted.get(from).timestamp();
            while (to < sorted.size() && sorted.get(to).timestamp() == timestamp) {
                to++;
            }
            Point merged = merge(sorted.subList(from, to));
            rollup.add(merged.shape(), timestamp, merged.values());
            from = to;
        }
        return OpenWindow.close(rollup, subject, start);
    }

    private static Point merge(List<Point> instant) {
        Point first = instant.getFirst();
        if (instant.size() == 1) {
            return first;
        }
        Shape shape = first.shape();
        for (Point point : instant) {
            shape = shape.with(point.shape());
        }
        double[] values = new double[shape.size()];
        for (Point point : instant) {
            for (int i = 0; i < point.shape().size(); i++) {
                values[shape.indexOf(point.shape().field(i))] = point.values()[i];
            }
        }
        return new Point(first.subject(), first.timestamp(), shape, values, Map.of());
    }
}
