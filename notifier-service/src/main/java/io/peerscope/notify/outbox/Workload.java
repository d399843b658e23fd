package io.peerscope.notify.outbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Everything that was read from the outbox and is not dealt with, and how much of it there may be. */
final class Workload {
    /** Beyond these the outbox is not read on, and all channels wait; a message is given up after two hours at most. */
    private static final int MOST_MESSAGES = 20_000;

    private static final long MOST_BYTES = 64L << 20;

    private final Map<Integer, PartitionWork> byPartition = new ConcurrentHashMap<>();

    PartitionWork of(int partition) {
        return byPartition.computeIfAbsent(partition, p -> new PartitionWork());
    }

    boolean isFull() {
        long messages = 0;
        long bytes = 0;
        long span = 0;
        for (PartitionWork work : byPartition.values()) {
            messages += work.messages();
            bytes += work.bytes();
            span += work.span();
        }
        // What is read again after a restart must be among what the delivery log remembers.
        return messages > MOST_MESSAGES || bytes > MOST_BYTES || span > KafkaDeliveryLog.REMEMBERED / 2;
    }

    Map<Integer, Long> toCommit() {
        Map<Integer, Long> positions = new HashMap<>();
        byPartition.forEach(
                (partition, work) -> work.toCommit().ifPresent(position -> positions.put(partition, position)));
        return positions;
    }

    /** @param asked when the commit that Kafka has taken was sent, in {@link System#nanoTime} */
    void confirm(Collection<Integer> partitions, long asked) {
        for (int partition : partitions) {
            Optional.ofNullable(byPartition.get(partition)).ifPresent(work -> work.confirm(asked));
        }
    }

    void lose(int partition) {
        Optional.ofNullable(byPartition.remove(partition)).ifPresent(PartitionWork::lose);
    }

    /** Nothing more is begun; what is dealt with until then is still counted. */
    void release() {
        byPartition.values().forEach(PartitionWork::lose);
    }

    void loseAll() {
        release();
        byPartition.clear();
    }
}
