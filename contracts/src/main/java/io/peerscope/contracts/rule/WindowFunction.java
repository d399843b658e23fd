package io.peerscope.contracts.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a rule makes of the samples of a window {@code (t - over, t]}. */
public enum WindowFunction {
    AVG,
    MIN,
    MAX,
    SUM,
    /** How many samples there are. */
    COUNT,
    /** The newest, as if there were no window. */
    LAST,
    /** Growth a second: of counters with resets, of gauges up and down, of deltas what they add up to. */
    RATE,
    /** Growth within the window, counted as for {@link #RATE}. */
    INCREASE,
    P50,
    P95,
    P99,
    /** 1 where nothing was sent for the length of the window, 0 otherwise. */
    ABSENT,
    /** How often a sample differs from the one before it. */
    CHANGES;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<WindowFunction> of(String word) {
        return Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst();
    }

    /** Whether its value is one that the field itself can have, or lies between such values. */
    public boolean withinFieldsRange() {
        return switch (this) {
            case AVG, MIN, MAX, LAST, P50, P95, P99 -> true;
            case SUM, COUNT, RATE, INCREASE, ABSENT, CHANGES -> false;
        };
    }
}
