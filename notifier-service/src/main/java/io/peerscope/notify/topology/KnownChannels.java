package io.peerscope.notify.topology;

import io.peerscope.contracts.notify.Channel;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The channels as this task has read them. Every task knows every channel, because channels are written to every
 * partition. A copy on the heap saves decoding them for each event.
 */
final class KnownChannels {
    private final KeyValueStore<String, Channel> store;
    private final Map<String, Channel> channels = new TreeMap<>();

    KnownChannels(KeyValueStore<String, Channel> store) {
        this.store = store;
        try (KeyValueIterator<String, Channel> all = store.all()) {
            all.forEachRemaining(entry -> channels.put(entry.key, entry.value));
        }
    }

    /** @param channel null: removed */
    void change(String id, @Nullable Channel channel) {
        if (channel == null) {
            channels.remove(id);
            store.delete(id);
        } else {
            channels.put(id, channel);
            store.put(id, channel);
        }
    }

    Optional<Channel> get(String id) {
        return Optional.ofNullable(channels.get(id));
    }

    Collection<Channel> all() {
        return channels.values();
    }
}
