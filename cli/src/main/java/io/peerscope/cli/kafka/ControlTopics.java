package io.peerscope.cli.kafka;

import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaUnavailableException;
import io.peerscope.foundation.kafka.RecordWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The small compacted topics that hold what people have decided: rules, silences, channels, settings, credentials. */
public final class ControlTopics implements AutoCloseable {
    public static final List<Topic> ALL = List.of(
            Topic.ALERTS_RULES,
            Topic.ALERTS_SILENCES,
            Topic.NOTIFICATIONS_CHANNELS,
            Topic.SETTINGS,
            Topic.SECURITY_CREDENTIALS);

    private static final Duration POLL = Duration.ofMillis(300);

    private final KafkaClients clients;
    private final Admin admin;

    public ControlTopics(KafkaClients clients) {
        this.clients = clients;
        this.admin = clients.admin("cli-control");
    }

    public String clusterId() {
        return Kafka.answer(admin.describeCluster().clusterId());
    }

    /** What a topic holds now, by key. Every partition of a broadcast topic holds all, so one of them is read. */
    public Map<String, byte[]> read(Topic topic) {
        TopicPartition partition = new TopicPartition(topic.topicName(), 0);
        Map<String, byte[]> rows = new TreeMap<>();
        try (Consumer<String, byte[]> consumer = clients.consumer("cli-control", Map.of())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(POLL).forEach(row -> {
                    if (row.value() == null) {
                        rows.remove(row.key());
                    } else {
                        rows.put(row.key(), row.value());
                    }
                });
            }
            return rows;
        } catch (KafkaException e) {
            throw Kafka.failure(e);
        }
    }

    /** Makes a topic hold exactly this. */
    public int replace(Topic topic, Map<String, byte[]> wanted) {
        Map<String, byte[]> now = read(topic);
        int changes = 0;
        try (RecordWriter writer = new RecordWriter(clients, "cli-restore")) {
            for (Map.Entry<String, byte[]> row : wanted.entrySet()) {
                if (!java.util.Arrays.equals(now.get(row.getKey()), row.getValue())) {
                    write(writer, topic, row.getKey(), Optional.of(row.getValue()));
                    changes++;
                }
            }
            for (String key : now.keySet()) {
                if (!wanted.containsKey(key)) {
                    write(writer, topic, key, Optional.empty());
                    changes++;
                }
            }
            return changes;
        } catch (KafkaUnavailableException e) {
            throw Kafka.failure(e.getCause() == null ? e : e.getCause());
        }
    }

    private static void write(RecordWriter writer, Topic topic, String key, Optional<byte[]> value) {
        switch (topic.partitioning()) {
            case BY_HOST -> writer.broadcast(topic, key, value.orElse(null));
            case SINGLE -> writer.write(topic, key, value.orElse(null));
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
