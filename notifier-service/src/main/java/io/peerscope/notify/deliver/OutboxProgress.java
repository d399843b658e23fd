package io.peerscope.notify.deliver;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which messages of the outbox are still under way, so that the position that is committed never passes one of them.
 * Thread-safe.
 */
final class OutboxProgress {
    private final Map<Integer, TreeSet<Long>> underWay = new HashMap<>();
    private final Map<Integer, Long> next = new HashMap<>();

    synchronized void taken(int partition, long offset) {
        underWay.computeIfAbsent(partition, p -> new TreeSet<>()).add(offset);
        next.put(partition, offset + 1);
    }

    synchronized void done(int partition, long offset) {
        TreeSet<Long> offsets = underWay.get(partition);
        if (offsets != null) {
            offsets.remove(offset);
        }
    }

    synchronized void forget(int partition) {
        underWay.remove(partition);
        next.remove(partition);
    }

    synchronized int size() {
        return underWay.values().stream().mapToInt(TreeSet::size).sum();
    }

    /** Partition to the offset that may be committed. */
    synchronized Map<Integer, Long> committable() {
        Map<Integer, Long> offsets = new HashMap<>();
        next.forEach((partition, position) -> {
            TreeSet<Long> open = underWay.get(partition);
            offsets.put(partition, open == null || open.isEmpty() ? position : open.first());
        });
        return offsets;
    }
}
