package io.peerscope.notify.topology;

import io.peerscope.notify.policy.SendWindow;
import io.peerscope.notify.policy.Told;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What the channels of one task know. The stores are the truth; a copy on the heap saves decoding all of it each second.
 */
final class ChannelMemory {
    /** Is in no channel's id. */
    private static final char SEPARATOR = '\u0000';

    private final KeyValueStore<String, SendWindow> windows;
    private final KeyValueStore<String, Told> store;
    private final Map<String, Map<String, Told>> known = new HashMap<>();
    private final Map<String, SendWindow> opened = new HashMap<>();

    ChannelMemory(KeyValueStore<String, SendWindow> windows, KeyValueStore<String, Told> store) {
        this.windows = windows;
        this.store = store;
        try (KeyValueIterator<String, Told> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, Told> entry = all.next();
                int cut = entry.key.indexOf(SEPARATOR);
                remember(entry.key.substring(0, cut), entry.key.substring(cut + 1), entry.value);
            }
        }
    }

    SendWindow window(String channelId) {
        return opened.computeIfAbsent(
                channelId, id -> Optional.ofNullable(windows.get(id)).orElse(SendWindow.empty()));
    }

    Optional<Told> told(String channelId, String alertKey) {
        return Optional.ofNullable(known(channelId).get(alertKey));
    }

    List<String> channels() {
        return List.copyOf(known.keySet());
    }

    /** By alert key. */
    Map<String, Told> known(String channelId) {
        return Collections.unmodifiableMap(known.getOrDefault(channelId, Map.of()));
    }

    void save(String channelId, SendWindow window) {
        if (!window.equals(window(channelId))) {
            windows.put(channelId, window);
            opened.put(channelId, window);
        }
    }

    void save(String channelId, String alertKey, Told told) {
        store.put(channelId + SEPARATOR + alertKey, told);
        remember(channelId, alertKey, told);
    }

    private void remember(String channelId, String alertKey, Told told) {
        known.computeIfAbsent(channelId, id -> new TreeMap<>()).put(alertKey, told);
    }

    private void drop(String channelId, String alertKey) {
        known.computeIfPresent(channelId, (id, entries) -> {
            entries.remove(alertKey);
            return entries.isEmpty() ? null : entries;
        });
    }

    /** Everything that is of no use any more. */
    void forget(String channelId, Predicate<Told> useless) {
        for (Map.Entry<String, Told> entry : known(channelId).entrySet().stream()
                .filter(entry -> useless.test(entry.getValue()))
                .toList()) {
            store.delete(channelId + SEPARATOR + entry.getKey());
            drop(channelId, entry.getKey());
        }
    }

    /** Everything, because the channel was removed. */
    void forget(String channelId) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, Told> all =
                store.range(channelId + SEPARATOR, channelId + (char) (SEPARATOR + 1))) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        keys.forEach(store::delete);
        windows.delete(channelId);
        opened.remove(channelId);
        known.remove(channelId);
    }
}
