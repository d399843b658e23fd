package io.peerscope.query.setting;

import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.Settings;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All settings at one moment.
 *
 * @param version rises by one with each change; 0 while nobody changed anything
 * @param changed the ones that are not as configured
 * @param at when the last change was; null while there was none
 */
public record SettingsState(
        long version,
        Map<Setting, Double> changed,
        @Nullable Instant at,
        @Nullable String who) {
    public static final SettingsState UNCHANGED = new SettingsState(0, Map.of(), null, null);

    public Settings on(Settings configured) {
        return configured.with(changed);
    }
}
