package io.peerscope.query.control;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.SettingRecord;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.query.setting.SettingsState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells other services what people changed. The database is what holds: where it is not sure that the topic says the same,
 * after a start or a failure, the topic is written anew.
 */
public final class SettingsTopic {
    private final RecordWriter writer;
    private volatile boolean settled;

    public SettingsTopic(RecordWriter writer) {
        this.writer = writer;
    }

    /** To be followed by {@link #settled} once the database holds it too. */
    public void announce(long version, Map<Setting, Optional<Double>> changes) {
        settled = false;
        changes.forEach((setting, value) -> writer.write(
                Topic.SETTINGS,
                setting.settingName(),
                value.map(number -> Json.encode(new SettingRecord(setting.settingName(), number, version)))
                        .orElse(null)));
    }

    public void settled() {
        settled = true;
    }

    /** Says it all again where that may be needed. */
    public void settle(SettingsState state) {
        if (settled) {
            return;
        }
        Map<Setting, Optional<Double>> all = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            all.put(setting, Optional.ofNullable(state.changed().get(setting)));
        }
        announce(state.version(), all);
        settled();
    }
}
