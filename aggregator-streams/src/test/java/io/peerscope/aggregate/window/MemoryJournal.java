package io.peerscope.aggregate.window;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A journal that survives as long as the test. */
final class MemoryJournal implements WindowJournal {
    final Map<Key, byte[]> entries = new TreeMap<>();
    final Map<Key, Long> handedOver = new TreeMap<>();
    long closedBefore = Long.MIN_VALUE;

    record Key(String host, long window, int entry) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return Comparator.comparing(Key::host)
                    .thenComparing(Key::window)
                    .thenComparing(Key::entry)
                    .compare(this, other);
        }
    }

    @Override
    public void append(String host, long window, int entry, byte[] batch) {
        if (entries.putIfAbsent(new Key(host, window, entry), batch) != null) {
            throw new AssertionError("rewritten: " + new Key(host, window, entry));
        }
    }

    @Override
    public void handOver(String host, long window, long upToOffset) {
        handedOver.put(new Key(host, window, 0), upToOffset);
    }

    @Override
    public void read(String host, long window, int count, Consumer<PointBatch> reader) {
        for (int entry = 0; entry < count; entry++) {
            reader.accept(PointBatchCodec.decode(Objects.requireNonNull(entries.get(new Key(host, window, entry)))));
        }
    }

    @Override
    public void remove(String host, long window, int count, boolean wasHandedOver) {
        for (int entry = 0; entry < count; entry++) {
            entries.remove(new Key(host, window, entry));
        }
        if (wasHandedOver) {
            handedOver.remove(new Key(host, window, 0));
        }
    }

    @Override
    public void closedBefore(long start) {
        closedBefore = start;
    }

    @Override
    public void replay(Replay replay) {
        if (closedBefore != Long.MIN_VALUE) {
            replay.closedBefore(closedBefore);
        }
        entries.forEach((key, bytes) ->
                replay.entry(key.host(), key.window(), key.entry(), PointBatchCodec.decode(bytes), bytes.length));
        handedOver.forEach((key, offset) -> replay.handedOver(key.host(), key.window(), offset));
    }
}
