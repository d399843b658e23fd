package io.peerscope.foundation.kafka;

import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Where topics end and how far an application has come. */
public final class TopicEnds implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final Admin admin;
    private final int partitions;

    public TopicEnds(KafkaClients clients, String clientId) {
        this.admin = clients.admin(clientId);
        this.partitions = clients.config().partitions();
    }

    /** The offset after the last committed record, by partition. */
    public Map<TopicPartition, Long> of(Topic... topics) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (Topic topic : topics) {
            int count =
                    switch (topic.partitioning()) {
                        case BY_HOST -> partitions;
                        case SINGLE -> 1;
                    };
            for (int partition = 0; partition < count; partition++) {
                wanted.put(new TopicPartition(topic.topicName(), partition), OffsetSpec.latest());
            }
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        await(admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** Whether the application has processed everything below these offsets, results included. */
    public boolean passed(Application application, Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> committed = committed(application, offsets.keySet());
        return offsets.entrySet().stream()
                .allMatch(wanted -> committed.getOrDefault(wanted.getKey(), 0L) >= wanted.getValue());
    }

    /** The next offset that the application will process, results below it included; none where it has not begun. */
    public Map<TopicPartition, Long> committed(Application application, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        await(admin.listConsumerGroupOffsets(
                                Map.of(
                                        application.id(),
                                        new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)),
                                new ListConsumerGroupOffsetsOptions().requireStable(true))
                        .partitionsToOffsetAndMetadata(application.id()))
                .forEach((partition, reached) -> {
                    if (reached != null) {
                        committed.put(partition, reached.offset());
                    }
                });
        return committed;
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaUnavailableException("Kafka does not say how far its topics are", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(3));
    }
}
