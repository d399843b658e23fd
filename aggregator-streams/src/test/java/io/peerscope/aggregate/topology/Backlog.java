package io.peerscope.aggregate.topology;

import static java.util.Objects.requireNonNull;

import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far an application has come in a topic, for the report of a test that waited in vain. */
final class Backlog {
    private Backlog() {}

    /** One line for each partition that holds something. */
    static String of(KafkaClients clients, Application application, Topic topic)
            throws ExecutionException, InterruptedException {
        try (Admin admin = clients.admin("test-backlog")) {
            int count = requireNonNull(admin.describeTopics(List.of(topic.topicName()))
                            .allTopicNames()
                            .get()
                            .get(topic.topicName()))
                    .partitions()
                    .size();
            Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, count)
                    .mapToObj(partition -> new TopicPartition(topic.topicName(), partition))
                    .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
            Map<TopicPartition, ListOffsetsResultInfo> ends =
                    admin.listOffsets(latest).all().get();
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(application.id())
                    .partitionsToOffsetAndMetadata()
                    .get();
            return ends.entrySet().stream()
                    .filter(end -> end.getValue().offset() > 0)
                    .map(end -> "%s committed %s of %d"
                            .formatted(
                                    end.getKey(),
                                    Optional.ofNullable(committed.get(end.getKey()))
                                            .map(position -> Long.toString(position.offset()))
                                            .orElse("nothing"),
                                    end.getValue().offset()))
                    .sorted()
                    .collect(Collectors.joining("\n"));
        }
    }
}
