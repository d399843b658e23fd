package io.peerscope.alert.topology;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Stores that outlive a test driver, which always deletes its state folder: so a restart can be tested without a broker. */
final class RetainedStores implements Function<String, KeyValueBytesStoreSupplier> {
    private final Map<String, TreeMap<Bytes, byte[]>> rows = new HashMap<>();

    @Override
    public KeyValueBytesStoreSupplier apply(String name) {
        TreeMap<Bytes, byte[]> kept = rows.computeIfAbsent(name, n -> new TreeMap<>());
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new Store(name, kept);
            }

            @Override
            public String metricsScope() {
                return "retained";
            }
        };
    }

    int size(String name) {
        return rows.getOrDefault(name, new TreeMap<>()).size();
    }

    private record Store(String name, TreeMap<Bytes, byte[]> rows) implements KeyValueStore<Bytes, byte[]> {
        @Override
        public void init(StateStoreContext context, StateStore root) {
            context.register(root, (key, value) -> put(Bytes.wrap(key), value));
        }

        @Override
        public void put(Bytes key, byte @Nullable [] value) {
            if (value == null) {
                rows.remove(key);
            } else {
                rows.put(key, value);
            }
        }

        @Override
        public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
            return rows.putIfAbsent(key, value);
        }

        @Override
        public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
            entries.forEach(entry -> put(entry.key, entry.value));
        }

        @Override
        public byte @Nullable [] delete(Bytes key) {
            return rows.remove(key);
        }

        @Override
        public byte @Nullable [] get(Bytes key) {
            return rows.get(key);
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
            return iterator(rows.subMap(from, true, to, true));
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> all() {
            return iterator(rows);
        }

        private static KeyValueIterator<Bytes, byte[]> iterator(NavigableMap<Bytes, byte[]> of) {
            TreeMap<Bytes, byte[]> left = new TreeMap<>(of);
            return new KeyValueIterator<>() {
                @Override
                public boolean hasNext() {
                    return !left.isEmpty();
                }

                @Override
                public KeyValue<Bytes, byte[]> next() {
                    Map.Entry<Bytes, byte[]> first = left.pollFirstEntry();
                    return KeyValue.pair(first.getKey(), first.getValue());
                }

                @Override
                public Bytes peekNextKey() {
                    return left.firstKey();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public long approximateNumEntries() {
            return rows.size();
        }

        @Override
        public void close() {}

        @Override
        public void flush() {}

        @Override
        public Position getPosition() {
            return Position.emptyPosition();
        }

        @Override
        public boolean persistent() {
            return false;
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }
}
