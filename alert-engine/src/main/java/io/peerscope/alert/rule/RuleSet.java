package io.peerscope.alert.rule;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.rule.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rules for one subject, grouped by field. Subjects with the same rules share one set. Immutable but for a cache; used
 * by one task's thread.
 */
public final class RuleSet {
    /** Shapes are few in practice; a sender that invents a new one per point must not fill the heap. */
    private static final int MAX_SHAPES = 1024;

    public static final long NO_SPAN = -1;

    private final String[] metrics;
    private final int[] slots;
    private final Terms[][] rules;
    private final long[] spans;
    private final FieldType[] types;
    private final @Nullable String[] states;
    private final Terms[] groups;
    private final Map<Shape, int[]> columns = new HashMap<>();

    /**
     * @param covering rules that judge the subject
     * @param counting rules that count it
     */
    RuleSet(List<Terms> covering, List<Terms> counting, Slots kind, Function<String, FieldType> catalogue) {
        Map<String, List<Terms>> byMetric = new LinkedHashMap<>();
        Map<String, String> stateOf = new HashMap<>();
        for (Terms terms : covering) {
            terms.inputs().forEach(input -> byMetric.computeIfAbsent(input, m -> new ArrayList<>()));
            byMetric.computeIfAbsent(terms.input(), m -> new ArrayList<>()).add(terms);
            if (terms.rule().measure() instanceof Measure.State state) {
                stateOf.put(terms.input(), state.metric());
            }
        }
        this.groups = counting.toArray(Terms[]::new);
        this.metrics = byMetric.keySet().toArray(String[]::new);
        this.slots = Arrays.stream(metrics).mapToInt(kind::of).toArray();
        this.rules = byMetric.values().stream()
                .map(list -> list.toArray(Terms[]::new))
                .toArray(Terms[][]::new);
        this.spans = Arrays.stream(metrics)
                .mapToLong(metric -> span(covering, metric))
                .toArray();
        this.types = Arrays.stream(metrics).map(catalogue).toArray(FieldType[]::new);
        this.states = Arrays.stream(metrics).map(stateOf::get).toArray(String[]::new);
    }

    private static long span(List<Terms> covering, String metric) {
        return covering.stream()
                .filter(terms ->
                        terms.looksBack() && terms.rule().measure().metrics().contains(metric))
                .mapToLong(Terms::over)
                .max()
                .orElse(NO_SPAN);
    }

    /** Number of fields and states that a rule looks at. */
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

    /** How far back rules look at this field, milliseconds; {@link #NO_SPAN} where its newest value is enough. */
    public long span(int index) {
        return spans[index];
    }

    /** Of a column of this field: what its sender says of it, or else what the catalogue says. */
    public FieldType type(int index, Shape shape, int column) {
        FieldType said = shape.type(column);
        return said == FieldType.UNKNOWN ? types[index] : said;
    }

    /** The state that this is; null: it is a field. */
    public @Nullable String state(int index) {
        return states[index];
    }

    /** Rules that count the subject among others. Not to be changed. */
    public Terms[] groups() {
        return groups;
    }

    /** Those that judge with each sample of this field. Not to be changed. */
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
