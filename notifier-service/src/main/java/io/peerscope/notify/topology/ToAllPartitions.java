package io.peerscope.notify.topology;

import io.peerscope.contracts.alert.AlertEvent;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Events of causes go to every partition, those of one channel to the channel's. */
final class ToAllPartitions implements StreamPartitioner<String, AlertEvent> {
    /** Is no channel's id. */
    static final String KEY = "*";

    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, AlertEvent value, int partitions) {
        return KEY.equals(key)
                ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                : Optional.empty();
    }
}
