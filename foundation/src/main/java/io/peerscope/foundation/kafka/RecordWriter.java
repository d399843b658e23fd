package io.peerscope.foundation.kafka;

import io.peerscope.contracts.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Writes control records one at a time and returns when all replicas have them. Not for the hot path. */
public final class RecordWriter implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;

    public RecordWriter(KafkaClients clients, String clientId) {
        this.producer = clients.producer(
                clientId,
                Map.of(
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, 3000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 4000,
                        ProducerConfig.LINGER_MS_CONFIG, 0));
    }

    /**
     * @param value null writes a tombstone
     * @return the position a reader must reach to have seen it
     * @throws KafkaUnavailableException where it is not confirmed within 5 s; it may still have been written
     */
    public Map<TopicPartition, Long> write(Topic topic, String key, byte @Nullable [] value) {
        return confirm(List.of(send(new ProducerRecord<>(topic.topicName(), key, value))));
    }

    /** As {@link #write(Topic, String, byte[])}, with headers. */
    public Map<TopicPartition, Long> write(Topic topic, String key, byte @Nullable [] value, Iterable<Header> headers) {
        return confirm(List.of(send(new ProducerRecord<>(topic.topicName(), null, key, value, headers))));
    }

    /** As {@link #write(Topic, String, byte[])}, with an empty header of that name, where a topic carries more than one kind of record. */
    public void writeAs(String header, Topic topic, String key, byte[] value) {
        ProducerRecord<String, byte[]> row = new ProducerRecord<>(topic.topicName(), key, value);
        row.headers().add(header, new byte[0]);
        confirm(List.of(send(row)));
    }

    /** Writes many at once, by key. */
    public void writeAll(Topic topic, Collection<Map.Entry<String, byte[]>> rows) {
        List<Future<RecordMetadata>> pending = new ArrayList<>();
        for (Map.Entry<String, byte[]> row : rows) {
            pending.add(send(new ProducerRecord<>(topic.topicName(), row.getKey(), row.getValue())));
        }
        confirm(pending);
    }

    /** Writes the record to every partition, for tables that each task reads beside its own data (rules, channels). */
    public Map<TopicPartition, Long> broadcast(Topic topic, String key, byte @Nullable [] value) {
        try {
            int partitions = producer.partitionsFor(topic.topicName()).size();
            List<Future<RecordMetadata>> pending = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                pending.add(send(new ProducerRecord<>(topic.topicName(), partition, key, value)));
            }
            return confirm(pending);
        } catch (KafkaException e) {
            throw new KafkaUnavailableException("Kafka did not take the record: " + e.getMessage(), e);
        }
    }

    private Future<RecordMetadata> send(ProducerRecord<String, byte[]> row) {
        try {
            return producer.send(row);
        } catch (KafkaException e) {
            throw new KafkaUnavailableException("Kafka did not take the record: " + e.getMessage(), e);
        }
    }

    private static Map<TopicPartition, Long> confirm(List<Future<RecordMetadata>> pending) {
        Map<TopicPartition, Long> next = new HashMap<>();
        try {
            for (Future<RecordMetadata> future : pending) {
                RecordMetadata written = future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                next.put(new TopicPartition(written.topic(), written.partition()), written.offset() + 1);
            }
            return next;
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaUnavailableException("Kafka did not confirm the record: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("interrupted", e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(3));
    }
}
