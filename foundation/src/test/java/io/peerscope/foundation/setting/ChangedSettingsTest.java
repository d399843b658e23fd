package io.peerscope.foundation.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.SettingRecord;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.kafka.SharedBroker;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class ChangedSettingsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String RAW = Setting.RETENTION_RAW.settingName();

    @Test
    void what_people_change_holds_and_what_they_take_back_is_as_configured(KafkaClients clients) {
        try (RecordWriter writer = new RecordWriter(clients, "test-writer");
                ChangedSettings<Double> hours = new ChangedSettings<>(
                        clients,
                        "test-settings",
                        24.0,
                        Set.of(Setting.RETENTION_RAW),
                        changes -> changes.getOrDefault(Setting.RETENTION_RAW, 24.0))) {
            assertThat(hours.now()).as("nothing is read yet").isEqualTo(24);
            write(writer, RAW, 1);
            write(writer, RAW, 48);
            hours.start();
            hours.start();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(hours.now()).isEqualTo(48));

            write(writer, Setting.RETENTION_1M.settingName(), 3);
            write(writer, "of.another.version", 3);
            write(writer, RAW, 6);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(hours.now()).isEqualTo(6));

            write(writer, RAW, -6);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(hours.now()).as("no such value").isEqualTo(24));
            write(writer, RAW, 7);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(hours.now()).isEqualTo(7));
            writer.write(Topic.SETTINGS, RAW, null);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(hours.now()).isEqualTo(24));
        }
    }

    private static void write(RecordWriter writer, String name, double value) {
        writer.write(Topic.SETTINGS, name, Json.encode(new SettingRecord(name, value, 1)));
    }
}
