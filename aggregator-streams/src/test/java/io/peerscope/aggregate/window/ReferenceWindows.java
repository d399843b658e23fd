package io.peerscope.aggregate.window;

import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.Rollup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What windows must come to, from all points in order of arrival, with no thought of streams, time or restarts. */
public final class ReferenceWindows {
    /** One window of one subject. */
    public record Window(Subject subject, long start) {}

    /** One field of one window; equal only to the last bit. */
    public record Sums(long count, double sum, double min, double max, double last) {}

    private final Map<Window, TreeMap<Long, Map<String, Double>>> points = new HashMap<>();

    public void add(Point point) {
        if (point.shape().size() == 0) {
            return;
        }
        Window window = new Window(point.subject(), Math.floorDiv(point.timestamp(), 60_000L) * 60_000L);
        Map<String, Double> fields = points.computeIfAbsent(window, w -> new TreeMap<>())
                .computeIfAbsent(point.timestamp(), t -> new HashMap<>());
        for (int i = 0; i < point.shape().size(); i++) {
            fields.put(point.shape().field(i), point.values()[i]);
        }
    }

    /** Windows that a point was of, with or without a number to add up. */
    Set<Window> touched() {
        return points.keySet();
    }

    public Map<Window, Map<String, Sums>> truth() {
        Map<Window, Map<String, Sums>> truth = new HashMap<>();
        points.forEach((window, instants) -> {
            Map<String, List<Double>> series = new HashMap<>();
            instants.values()
                    .forEach(fields -> fields.forEach((name, value) -> {
                        if (Rollup.counts(value)) {
                            series.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
                        }
                    }));
            Map<String, Sums> sums = new HashMap<>();
            series.forEach((name, values) -> sums.put(name, sum(values)));
            if (!sums.isEmpty()) {
                truth.put(window, sums);
            }
        });
        return truth;
    }

    private static Sums sum(List<Double> values) {
        double sum = values.getFirst();
        double min = sum;
        double max = sum;
        for (double value : values.subList(1, values.size())) {
            sum += value;
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        return new Sums(values.size(), sum, min, max, values.getLast());
    }

    public static Map<String, Sums> of(Rollup rollup) {
        Map<String, Sums> sums = new HashMap<>();
        for (int i = 0; i < rollup.shape().size(); i++) {
            sums.put(
                    rollup.shape().field(i),
                    new Sums(rollup.count()[i], rollup.sum()[i], rollup.min()[i], rollup.max()[i], rollup.last()[i]));
        }
        return sums;
    }
}
