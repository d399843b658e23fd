package io.peerscope.contracts.rollup;

import io.peerscope.contracts.point.Shape;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the points of one subject in one window, field by field as long as every field's points come in order of time.
 * The first one that does not makes the sum {@link #disordered()}: whether it repeats, replaces or merely comes between
 * others can only be told from all points of the window, which must then be added up anew.
 *
 * <p>Field by field, not point by point: a point that brings further fields of an instant already seen is in order. What
 * does not count ({@link Rollup#counts}) is passed over.
 *
 * <p>The one place where a window is added up: what the aggregator closes and what is made again of stored points for a
 * late one agree to the last bit. Not thread-safe.
 */
public final class RollupSum {
    private static final int SUM = 0;
    private static final int MIN = 1;
    private static final int MAX = 2;
    private static final int LAST = 3;
    private static final int FIRST = 4;
    private static final int GAIN = 5;
    private static final int NUMBERS = 6;
    private static final int COUNT = 0;
    private static final int FIRST_TIME = 1;
    private static final int LAST_TIME = 2;
    private static final int MARKS = 3;
    private static final double[] NONE = {};

    private final RollupPlan plan;
    private Shape shape;
    private RollupPlan.Fields fieldsOfShape;

    /** For each field sum, min, max, last, first, gain; side by side, since they are touched together. */
    private double[] numbers;

    /** For each field count, time of first, time of last. */
    private long[] marks;

    /** For each field; null where no percentiles are wanted of it. */
    private @Nullable RunningSketch[] sketches;

    private boolean disordered;

    /** @param shape fields there is room for from the start; others may come */
    public RollupSum(Shape shape, RollupPlan plan) {
        this.plan = plan;
        this.shape = shape;
        this.fieldsOfShape = plan.of(shape);
        this.sketches = sketches(fieldsOfShape, shape.size());
        this.numbers = new double[shape.size() * NUMBERS];
        this.marks = new long[shape.size() * MARKS];
    }

    /** Adds a point. Once disordered, a sum adds nothing any more. */
    public void add(Shape fields, long timestamp, double[] values) {
        if (disordered) {
            return;
        }
        if (!fields.equals(shape)) {
            widen(fields);
        }
        boolean sameColumns = fields.size() == shape.size();
        for (int i = 0; i < values.length; i++) {
            add(sameColumns ? i : shape.indexOf(fields.field(i)), timestamp, values[i]);
        }
    }

    private void add(int field, long timestamp, double value) {
        int mark = field * MARKS;
        int number = field * NUMBERS;
        long count = marks[mark + COUNT];
        if (!Rollup.counts(value)) {
            // Adds nothing; but what it replaces must not count.
            disordered |= count > 0 && timestamp <= marks[mark + LAST_TIME];
            return;
        }
        if (count == 0) {
            Arrays.fill(numbers, number, number + NUMBERS, value);
            numbers[number + GAIN] = 0;
            marks[mark + FIRST_TIME] = timestamp;
        } else if (timestamp > marks[mark + LAST_TIME]) {
            numbers[number + SUM] += value;
            numbers[number + MIN] = Math.min(numbers[number + MIN], value);
            numbers[number + MAX] = Math.max(numbers[number + MAX], value);
            double before = numbers[number + LAST];
            numbers[number + GAIN] += value >= before ? value - before : value;
            numbers[number + LAST] = value;
        } else {
            // The newest point over again is the one disorder that changes nothing.
            disordered |= timestamp < marks[mark + LAST_TIME] || value != numbers[number + LAST];
            return;
        }
        RunningSketch sketch = sketches.length == 0 ? null : sketches[field];
        if (sketch != null) {
            sketch.add(value);
        }
        marks[mark + COUNT] = count + 1;
        marks[mark + LAST_TIME] = timestamp;
    }

    private void widen(Shape fields) {
        Shape wider = shape.with(fields);
        fieldsOfShape = plan.of(wider);
        if (wider.size() == shape.size()) {
            shape = wider; // may know a type more
            return;
        }
        @Nullable RunningSketch[] widerSketches = sketches(fieldsOfShape, wider.size());
        double[] widerNumbers = new double[wider.size() * NUMBERS];
        long[] widerMarks = new long[wider.size() * MARKS];
        for (int i = 0; i < shape.size(); i++) {
            int to = wider.indexOf(shape.field(i));
            System.arraycopy(numbers, i * NUMBERS, widerNumbers, to * NUMBERS, NUMBERS);
            System.arraycopy(marks, i * MARKS, widerMarks, to * MARKS, MARKS);
            if (sketches.length > 0) {
                widerSketches[to] = sketches[i];
            }
        }
        shape = wider;
        numbers = widerNumbers;
        marks = widerMarks;
        sketches = widerSketches;
    }

    private static @Nullable RunningSketch[] sketches(RollupPlan.Fields fields, int size) {
        @Nullable RunningSketch[] sketches = new RunningSketch[fields.anySketch() ? size : 0];
        for (int i = 0; i < sketches.length; i++) {
            sketches[i] = fields.sketch(i) ? new RunningSketch() : null;
        }
        return sketches;
    }

    /** Whether this is not the sum, because a field's points did not come in order of time. */
    public boolean disordered() {
        return disordered;
    }

    /** Makes a row of columns that are all as long as the shape; their meaning is that of {@link Rollup}. */
    @FunctionalInterface
    public interface Row<R> {
        R of(
                Shape shape,
                long[] count,
                double[] sum,
                double[] min,
                double[] max,
                double[] last,
                double[] first,
                double[] gain,
                byte[] sketches,
                long[] firstTime,
                long[] lastTime);
    }

    /** Without the fields that had no number; without any field where none had. */
    public <R> R close(Row<R> row) {
        int[] counted = counted();
        long[] count = new long[counted.length];
        double[][] columns = new double[NUMBERS][counted.length];
        SortedMap<Integer, Sketch> distributions = new TreeMap<>();
        for (int i = 0; i < counted.length; i++) {
            count[i] = marks[counted[i] * MARKS + COUNT];
            for (int column = 0; column < NUMBERS; column++) {
                columns[column][i] = numbers[counted[i] * NUMBERS + column];
            }
            if (!fieldsOfShape.grows(counted[i])) {
                columns[GAIN][i] = 0;
            }
            RunningSketch sketch = sketches.length == 0 ? null : sketches[counted[i]];
            if (sketch != null) {
                distributions.put(i, sketch.sketch());
            }
        }
        Shape fields = counted.length == shape.size() ? shape : shape.only(counted);
        return row.of(
                fields,
                count,
                columns[SUM],
                columns[MIN],
                columns[MAX],
                columns[LAST],
                columns[FIRST],
                plan.of(fields).anyGrows() ? columns[GAIN] : NONE,
                Sketches.encode(distributions),
                times(counted, FIRST_TIME),
                times(counted, LAST_TIME));
    }

    /** Of each field; one where they agree. */
    private long[] times(int[] fields, int mark) {
        long[] times = new long[fields.length];
        boolean agree = fields.length > 0;
        for (int i = 0; i < fields.length; i++) {
            times[i] = marks[fields[i] * MARKS + mark];
            agree &= times[i] == times[0];
        }
        return agree ? Arrays.copyOf(times, 1) : times;
    }

    private int[] counted() {
        int[] counted = new int[shape.size()];
        int size = 0;
        for (int i = 0; i < counted.length; i++) {
            if (marks[i * MARKS + COUNT] > 0) {
                counted[size++] = i;
            }
        }
        return Arrays.copyOf(counted, size);
    }
}
