package io.peerscope.simulator.world;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects fields, with the few decimals a real probe would give, within the range the field can have. */
final class Fields {
    private final Map<String, Double> values = new LinkedHashMap<>();

    Fields percent(String name, double value) {
        return put(name, Math.min(100, Math.max(0, value)));
    }

    /** A quantity that cannot be negative. */
    Fields amount(String name, double value) {
        return put(name, Math.max(0, value));
    }

    Fields whole(String name, double value) {
        values.put(name, Math.floor(Math.max(0, value)));
        return this;
    }

    Map<String, Double> toMap() {
        return values;
    }

    private Fields put(String name, double value) {
        values.put(name, Math.round(value * 100) / 100.0);
        return this;
    }
}
