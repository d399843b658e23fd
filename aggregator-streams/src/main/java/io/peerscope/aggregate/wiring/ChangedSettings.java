package io.peerscope.aggregate.wiring;

import io.peerscope.aggregate.live.LiveConfig;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.SettingRecord;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.CompactedTable;
import io.peerscope.foundation.kafka.KafkaClients;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The configuration of live state as people change it while the service runs. As configured until the topic is read. */
final class ChangedSettings implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ChangedSettings.class);

    private final LiveConfig configured;
    private final CompactedTable<SettingRecord> table;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile LiveConfig live;

    ChangedSettings(KafkaClients clients, LiveConfig configured) {
        this.configured = configured;
        this.live = configured;
        this.table = new CompactedTable<>(
                clients,
                "aggregator-settings",
                Topic.SETTINGS,
                bytes -> Json.decode(bytes, SettingRecord.class),
                this::changed);
    }

    void start() {
        if (started.compareAndSet(false, true)) {
            table.start();
        }
    }

    LiveConfig live() {
        return live;
    }

    private void changed(String name, @Nullable SettingRecord change) {
        Map<Setting, Double> changes = new EnumMap<>(Setting.class);
        table.view().values().forEach(each -> Setting.of(each.name())
                .filter(setting -> setting.owner() == Setting.Owner.AGGREGATOR && setting.allows(each.value()))
                .ifPresent(setting -> changes.put(setting, each.value())));
        try {
            live = configured.with(changes);
        } catch (IllegalArgumentException e) {
            // Between two changes that belong together; or they do not fit how this service is configured.
            LOG.warnf("%s is not taken over: %s", name, e.getMessage());
        }
    }

    @Override
    public void close() {
        table.close();
    }
}
