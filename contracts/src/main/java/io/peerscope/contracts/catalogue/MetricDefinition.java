package io.peerscope.contracts.catalogue;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a field before anyone sends it.
 *
 * @param kinds kinds of subject that have it
 * @param unit {@code percent}, {@code ms}, {@code bytes}, {@code mbit/s} …, "" for plain numbers
 * @param min smallest sane value; null: no bound
 * @param aliases other names under which senders may give it
 * @param percentiles roll-ups keep a sketch of it
 */
public record MetricDefinition(
        String name,
        List<String> kinds,
        String unit,
        Type type,
        @Nullable Double min,
        @Nullable Double max,
        List<String> aliases,
        boolean percentiles,
        String description) {

    /** A counter only grows, until it starts again from zero; a gauge says how it is now. */
    public enum Type {
        GAUGE,
        COUNTER;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean sane(double value) {
        return (min == null || value >= min) && (max == null || value <= max);
    }

    public String range() {
        return "[" + (min == null ? "-∞" : min) + ", " + (max == null ? "∞" : max) + "]";
    }
}
