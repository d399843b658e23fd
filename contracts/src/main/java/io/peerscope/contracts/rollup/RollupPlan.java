package io.peerscope.contracts.rollup;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.point.Shape;
import java.util.concurrent.ConcurrentHashMap;

/** What roll-ups keep of which field beside count, sum, min, max and last. Thread-safe. */
public final class RollupPlan {
    /** Mostly a few; whoever sends ever new shapes costs a moment, and no memory. */
    private static final int REMEMBERED = 20_000;

    private final MetricCatalogue catalogue;
    private final ConcurrentHashMap<Shape, Fields> known = new ConcurrentHashMap<>();

    public RollupPlan(MetricCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** For each field of one shape, in its order. */
    public static final class Fields {
        private final boolean[] growing;
        private final boolean[] sketches;
        private final boolean anyGrows;
        private final boolean anySketch;

        private Fields(boolean[] growing, boolean[] sketches) {
            this.growing = growing;
            this.sketches = sketches;
            this.anyGrows = any(growing);
            this.anySketch = any(sketches);
        }

        private static boolean any(boolean[] flags) {
            for (boolean flag : flags) {
                if (flag) {
                    return true;
                }
            }
            return false;
        }

        /**
         * Whether it is kept how much the field grew, falls being starts from zero: of a counter, by what its sender says
         * or else the catalogue, and of what nobody knows, which may be one.
         */
        public boolean grows(int field) {
            return growing[field];
        }

        /** Whether percentiles of the field are wanted. */
        public boolean sketch(int field) {
            return sketches[field];
        }

        public boolean anyGrows() {
            return anyGrows;
        }

        public boolean anySketch() {
            return anySketch;
        }
    }

    public Fields of(Shape shape) {
        Fields fields = known.get(shape);
        if (fields != null) {
            return fields;
        }
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        Fields made = make(shape);
        known.put(shape, made);
        return made;
    }

    private Fields make(Shape shape) {
        boolean[] growing = new boolean[shape.size()];
        boolean[] sketches = new boolean[shape.size()];
        for (int i = 0; i < growing.length; i++) {
            FieldType said = shape.type(i);
            FieldType type = said == FieldType.UNKNOWN ? catalogue.type(shape.field(i)) : said;
            growing[i] = type == FieldType.COUNTER || type == FieldType.UNKNOWN;
            sketches[i] = catalogue.hasPercentiles(shape.field(i));
        }
        return new Fields(growing, sketches);
    }
}
