package io.peerscope.alert.rule;

import io.peerscope.contracts.point.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules for one subject, grouped by field. Subjects with the same rules share one set. Immutable but for a cache; used
 * by one task's thread.
 */
public final class RuleSet {
    /** Shapes are few in practice; a sender that invents a new one per point must not fill the heap. */
    private static final int MAX_SHAPES = 1024;

    private final String[] metrics;
    private final int[] slots;
    private final Terms[][] rules;
    private final Map<Shape, int[]> columns = new HashMap<>();

    RuleSet(List<Terms> covering, Slots kind) {
        Map<String, List<Terms>> byMetric = new LinkedHashMap<>();
        covering.forEach(terms -> byMetric.computeIfAbsent(terms.rule().metric(), metric -> new ArrayList<>())
                .add(terms));
        this.metrics = byMetric.keySet().toArray(String[]::new);
        this.slots = Arrays.stream(metrics).mapToInt(kind::of).toArray();
        this.rules = byMetric.values().stream()
                .map(list -> list.toArray(Terms[]::new))
                .toArray(Terms[][]::new);
    }

    /** Number of fields that a rule looks at. */
    public int size() {
        return metrics.length;
    }

    public String metric(int index) {
        return metrics[index];
    }

    /** Where the subject keeps what it knows of this field; see {@link Slots}. */
    public int slot(int index) {
        return slots[index];
    }

    /** Not to be changed. */
    public Terms[] rules(int index) {
        return rules[index];
    }

    /** For each field of this set its column in a row of this shape, or a negative number. Not to be changed. */
    public int[] columns(Shape shape) {
        int[] known = columns.get(shape);
        if (known == null) {
            known = Arrays.stream(metrics).mapToInt(shape::indexOf).toArray();
            if (columns.size() >= MAX_SHAPES) {
                columns.clear();
            }
            columns.put(shape, known);
        }
        return known;
    }
}
