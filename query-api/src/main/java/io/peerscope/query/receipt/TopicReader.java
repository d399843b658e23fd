package io.peerscope.query.receipt;

import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Looks records up in topics. One consumer for all who ask, one after another: such questions are rare, and each costs
 * at most some fetches.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int AT_ONCE = 2000;

    /** Is shown records in order. */
    @FunctionalInterface
    public interface Visitor {
        void visit(ConsumerRecord<String, byte[]> row);
    }

    private final KafkaClients clients;
    private final String clientId;
    private @Nullable Consumer<String, byte[]> consumer;

    public TopicReader(KafkaClients clients, String clientId) {
        this.clients = clients;
        this.clientId = clientId;
    }

    /** Where what is keyed by this host lies. */
    public TopicPartition partitionOf(Topic topic, String host) {
        int partition = BuiltInPartitioner.partitionForKey(
                host.getBytes(StandardCharsets.UTF_8), clients.config().partitions());
        return new TopicPartition(topic.topicName(), partition);
    }

    /** Empty where there is none, any more or yet. */
    public Optional<ConsumerRecord<String, byte[]>> at(TopicPartition partition, long offset) {
        if (partition.partition() >= clients.config().partitions()) {
            return Optional.empty();
        }
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>(1);
        read(partition, offset, offset + 1, 1, found::add);
        return found.stream().findFirst();
    }

    /**
     * Reads on from an offset to the end as it is now.
     *
     * @return false where there is more than {@code most} records or it takes too long
     * @throws KafkaUnavailableException where the broker does not answer
     */
    public boolean tail(TopicPartition partition, long from, int most, Visitor each) {
        return read(partition, from, Long.MAX_VALUE, most, each);
    }

    private synchronized boolean read(TopicPartition partition, long from, long to, int most, Visitor each) {
        try {
            return read(consumer(), partition, from, to, most, each);
        } catch (InterruptException e) {
            throw new KafkaUnavailableException("interrupted", e);
        } catch (KafkaException e) {
            close();
            throw new KafkaUnavailableException("Kafka does not answer: " + e.getMessage(), e);
        }
    }

    private static boolean read(
            Consumer<String, byte[]> consumer, TopicPartition partition, long from, long to, int most, Visitor each) {
        consumer.assign(List.of(partition));
        long first = consumer.beginningOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
        long end =
                Math.min(to, consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L));
        if (from < first && to != Long.MAX_VALUE || from >= end) {
            return true;
        }
        consumer.seek(partition, Math.max(from, first));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int count = 0;
        while (consumer.position(partition, PATIENCE) < end) {
            for (ConsumerRecord<String, byte[]> row : consumer.poll(POLL)) {
                if (row.offset() < end) {
                    if (++count > most) {
                        return false;
                    }
                    each.visit(row);
                }
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
        }
        return true;
    }

    private Consumer<String, byte[]> consumer() {
        Consumer<String, byte[]> open = consumer;
        if (open == null) {
            open = clients.consumer(
                    clientId,
                    Map.of(
                            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                            AT_ONCE,
                            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                            (int) PATIENCE.toMillis()));
            consumer = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        Consumer<String, byte[]> open = consumer;
        consumer = null;
        if (open != null) {
            open.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }
}
