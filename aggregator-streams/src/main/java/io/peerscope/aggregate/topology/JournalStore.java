package io.peerscope.aggregate.topology;

import io.peerscope.aggregate.window.WindowJournal;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The journal in a key-value store. Key: length of the host (2 bytes), host, window (8), entry (4), so that a window's
 * entries stand together and in order. Two keys are special: an empty host holds what is closed, entry -1 of a window
 * that it was handed over. Keys are known to whoever needs them: nothing is searched for but once, at the start.
 */
final class JournalStore implements WindowJournal {
    private static final int HANDED_OVER = -1;
    private static final byte[] CLOSED = key("", 0, 0);

    private final KeyValueStore<byte[], byte[]> store;

    JournalStore(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    @Override
    public void append(String host, long window, int entry, byte[] batch) {
        store.put(key(host, window, entry), batch);
    }

    @Override
    public void handOver(String host, long window, long upToOffset) {
        store.put(key(host, window, HANDED_OVER), number(upToOffset));
    }

    @Override
    public void read(String host, long window, int entries, Consumer<PointBatch> reader) {
        for (int entry = 0; entry < entries; entry++) {
            byte[] batch = store.get(key(host, window, entry));
            if (batch == null) {
                throw new IllegalStateException("entry %d of %s at %d is gone".formatted(entry, host, window));
            }
            reader.accept(PointBatchCodec.decode(batch));
        }
    }

    @Override
    public void remove(String host, long window, int entries, boolean handedOver) {
        for (int entry = 0; entry < entries; entry++) {
            store.delete(key(host, window, entry));
        }
        if (handedOver) {
            store.delete(key(host, window, HANDED_OVER));
        }
    }

    @Override
    public void closedBefore(long start) {
        store.put(CLOSED, number(start));
    }

    @Override
    public void replay(Replay replay) {
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> next = all.next();
                ByteBuffer key = ByteBuffer.wrap(next.key);
                byte[] host = new byte[key.getShort() & 0xFFFF];
                key.get(host);
                long window = key.getLong();
                int entry = key.getInt();
                if (host.length == 0) {
                    replay.closedBefore(ByteBuffer.wrap(next.value).getLong());
                } else if (entry == HANDED_OVER) {
                    replay.handedOver(
                            text(host), window, ByteBuffer.wrap(next.value).getLong());
                } else {
                    replay.entry(text(host), window, entry, PointBatchCodec.decode(next.value), next.value.length);
                }
            }
        }
    }

    private static byte[] key(String host, long window, int entry) {
        byte[] name = host.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Short.BYTES + name.length + Long.BYTES + Integer.BYTES)
                .putShort((short) name.length)
                .put(name)
                .putLong(window)
                .putInt(entry)
                .array();
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
