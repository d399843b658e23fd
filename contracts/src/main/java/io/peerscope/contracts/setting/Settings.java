package io.peerscope.contracts.setting;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What each setting is. Immutable. */
public final class Settings {
    private final Map<Setting, Double> values;

    private Settings(Map<Setting, Double> values) {
        this.values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    public static Settings of(Map<Setting, Double> values) {
        return new Settings(values);
    }

    /** These, where the others say nothing. */
    public Settings with(Map<Setting, Double> others) {
        Map<Setting, Double> all = new EnumMap<>(values);
        all.putAll(others);
        return new Settings(all);
    }

    public Map<Setting, Double> values() {
        return values;
    }

    public double number(Setting setting) {
        Double value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException("nobody says what " + setting + " is");
        }
        return value;
    }

    /** @throws IllegalArgumentException if the setting is no time */
    public Duration time(Setting setting) {
        return Duration.ofMillis(Math.round(number(setting) * millis(setting)));
    }

    /** The number of the setting's unit that a time is. */
    public static double inUnitOf(Setting setting, Duration time) {
        return (double) time.toMillis() / millis(setting);
    }

    private static long millis(Setting setting) {
        return switch (setting.unit()) {
            case "s" -> 1_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> throw new IllegalArgumentException(setting + " is no time");
        };
    }
}
