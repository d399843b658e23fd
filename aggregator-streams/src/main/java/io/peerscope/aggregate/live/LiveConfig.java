package io.peerscope.aggregate.live;

import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.Settings;
import java.time.Duration;
import java.util.Map;

/**
 * When a host is silent and how much of it is kept.
 *
 * @param silenceFactor a host is silent after so many of its own reporting intervals …
 * @param silenceGrace … and this much more
 * @param leftAfter silence after which a host is not awaited any more
 * @param forgottenAfter silence after which it is dropped altogether
 * @param maxFields of a host, and of each of its maps
 * @param maxMaps of a host
 * @param maxLinks of a host
 */
public record LiveConfig(
        double silenceFactor,
        Duration silenceGrace,
        Duration leftAfter,
        Duration forgottenAfter,
        int maxFields,
        int maxMaps,
        int maxLinks) {

    /** A map or a field that was not reported for so long says nothing about now. */
    static final long FRESH_MILLIS = 60_000;

    static final long LINK_FRESH_MILLIS = 30_000;

    public LiveConfig {
        require(silenceFactor >= 1, "silence.factor must be at least 1, was %s", silenceFactor);
        require(!silenceGrace.isNegative(), "silence.grace must not be negative, was %s", silenceGrace);
        require(leftAfter.isPositive(), "left-after must be positive, was %s", leftAfter);
        require(
                forgottenAfter.compareTo(leftAfter) > 0,
                "forgotten-after must be longer than left-after, was %s",
                forgottenAfter);
        require(maxFields > 0, "live.max-fields must be at least 1, was %s", maxFields);
        require(maxMaps > 0, "live.max-maps must be at least 1, was %s", maxMaps);
        require(maxLinks > 0, "live.max-links must be at least 1, was %s", maxLinks);
    }

    /** This, with what people changed of it. */
    public LiveConfig with(Map<Setting, Double> changed) {
        Settings now = Settings.of(Map.of(
                        Setting.SILENCE_FACTOR, silenceFactor,
                        Setting.SILENCE_GRACE, Settings.inUnitOf(Setting.SILENCE_GRACE, silenceGrace),
                        Setting.LEFT_AFTER, Settings.inUnitOf(Setting.LEFT_AFTER, leftAfter),
                        Setting.FORGOTTEN_AFTER, Settings.inUnitOf(Setting.FORGOTTEN_AFTER, forgottenAfter)))
                .with(changed);
        return new LiveConfig(
                now.number(Setting.SILENCE_FACTOR),
                now.time(Setting.SILENCE_GRACE),
                now.time(Setting.LEFT_AFTER),
                now.time(Setting.FORGOTTEN_AFTER),
                maxFields,
                maxMaps,
                maxLinks);
    }

    private static void require(boolean holds, String message, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("peerscope.aggregator." + message.formatted(value));
        }
    }
}
