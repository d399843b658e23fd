package io.peerscope.aggregate.window;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.RollupPlan;
import io.peerscope.contracts.rollup.Sketch;
import io.peerscope.contracts.rollup.Sketches;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What windows must come to, from all points in order of arrival, with no thought of streams, time or restarts. */
public final class ReferenceWindows {
    /** One window of one subject. */
    public record Window(Subject subject, long start) {}

    /** One field of one window; equal only to the last bit. */
    public record Sums(
            long count,
            double sum,
            double min,
            double max,
            double last,
            double first,
            double gain,
            Sketch sketch,
            long firstTime,
            long lastTime) {}

    private static final RollupPlan PLAN = new RollupPlan(MetricCatalogue.load());
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
            Map<String, TreeMap<Long, Double>> series = new HashMap<>();
            instants.forEach((time, fields) -> fields.forEach((name, value) -> {
                if (Rollup.counts(value)) {
                    series.computeIfAbsent(name, n -> new TreeMap<>()).put(time, value);
                }
            }));
            Map<String, Sums> sums = new HashMap<>();
            series.forEach((name, values) -> sums.put(name, sum(name, values)));
            if (!sums.isEmpty()) {
                truth.put(window, sums);
            }
        });
        return truth;
    }

    private static Sums sum(String name, TreeMap<Long, Double> samples) {
        List<Double> values = new ArrayList<>(samples.values());
        double sum = values.getFirst();
        double min = sum;
        double max = sum;
        for (double value : values.subList(1, values.size())) {
            sum += value;
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        boolean counter = PLAN.of(Shape.sorted(name)).grows(0);
        boolean sketch = PLAN.of(Shape.sorted(name)).sketch(0);
        double gain = 0;
        for (int i = 1; counter && i < values.size(); i++) {
            double step = values.get(i) - values.get(i - 1);
            gain += step >= 0 ? step : values.get(i);
        }
        int[] keys = values.stream().mapToInt(Sketch::key).toArray();
        return new Sums(
                values.size(),
                sum,
                min,
                max,
                values.getLast(),
                values.getFirst(),
                gain,
                sketch ? Sketch.ofKeys(keys, keys.length) : Sketch.empty(),
                samples.firstKey(),
                samples.lastKey());
    }

    public static Map<String, Sums> of(Rollup rollup) {
        Map<String, Sums> sums = new HashMap<>();
        SortedMap<Integer, Sketch> sketches = Sketches.decode(rollup.sketches());
        for (int i = 0; i < rollup.shape().size(); i++) {
            boolean counter = PLAN.of(rollup.shape()).grows(i);
            sums.put(
                    rollup.shape().field(i),
                    new Sums(
                            rollup.count()[i],
                            rollup.sum()[i],
                            rollup.min()[i],
                            rollup.max()[i],
                            rollup.last()[i],
                            rollup.first()[i],
                            counter ? rollup.gain()[i] : 0,
                            sketches.getOrDefault(i, Sketch.empty()),
                            time(rollup.firstTime(), i),
                            time(rollup.lastTime(), i)));
        }
        return sums;
    }

    private static long time(long[] times, int field) {
        return times[times.length == 1 ? 0 : field];
    }
}
