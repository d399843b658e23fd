package io.peerscope.ingest.publish;

import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What the topic of points holds. */
final class WrittenPoints {
    private WrittenPoints() {}

    /** Everything up to the ends of the partitions as they are at the call. */
    static List<ConsumerRecord<String, byte[]>> read(KafkaClients clients) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = clients.consumer("test-reader", Map.of())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.METRICS_POINTS.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found;
    }
}
