package io.peerscope.foundation.setting;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.SettingRecord;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.CompactedTable;
import io.peerscope.foundation.kafka.KafkaClients;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What a service goes by, as people change it while the service runs: as configured until all of the topic is read, so that
 * what held for a while in the past never holds again.
 *
 * @param <T> made of some settings; immutable
 */
public final class ChangedSettings<T> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ChangedSettings.class);

    private final T configured;
    private final Set<Setting> followed;
    private final Function<Map<Setting, Double>, T> with;
    private final CompactedTable<SettingRecord> table;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile T changed;

    /**
     * @param followed others are passed over
     * @param with the configuration with these changes; may refuse them by an {@link IllegalArgumentException}
     */
    public ChangedSettings(
            KafkaClients clients,
            String clientId,
            T configured,
            Set<Setting> followed,
            Function<Map<Setting, Double>, T> with) {
        this.configured = configured;
        this.changed = configured;
        this.followed = Set.copyOf(followed);
        this.with = with;
        this.table = new CompactedTable<>(
                clients, clientId, Topic.SETTINGS, bytes -> Json.decode(bytes, SettingRecord.class), this::takeOver);
    }

    public void start() {
        if (started.compareAndSet(false, true)) {
            table.start();
        }
    }

    public T now() {
        return table.caughtUp() ? changed : configured;
    }

    public Condition condition() {
        return table.condition();
    }

    private void takeOver(String name, @Nullable SettingRecord change) {
        Map<Setting, Double> changes = new EnumMap<>(Setting.class);
        table.view().values().forEach(each -> Setting.of(each.name())
                .filter(setting -> followed.contains(setting) && setting.allows(each.value()))
                .ifPresent(setting -> changes.put(setting, each.value())));
        try {
            changed = with.apply(changes);
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
