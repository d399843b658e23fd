package io.peerscope.alert.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.FreePort;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker: only what a group has processed, or what is no record at all, counts as read. */
class TopicPointsReadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RECORD = 0;
    private static final int MARKS_ONLY = 1;
    private static final int EMPTY = 2;

    private final AtomicLong clock = new AtomicLong(10_000);

    @TempDir
    private Path folder;

    @Test
    void whatWaitsIsNotReadAndMarksOfTransactionsDoNotWait() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(KafkaOptions.in(folder.resolve("kafka")))) {
            KafkaConfig config = KafkaConfig.local(broker.bootstrapServers(), folder.resolve("unused"));
            KafkaClients clients = new KafkaClients(config);
            try (Admin admin = clients.admin("test")) {
                new Topics(admin, config).ensure();
                write(clients);
                try (TopicPointsRead read = TopicPointsRead.start(clients, clock::get)) {
                    await().atMost(PATIENCE).until(() -> read.until(EMPTY) == 10_000);
                    assertThat(read.until(MARKS_ONLY)).isZero();
                    clock.set(20_000);
                    await().atMost(PATIENCE).until(() -> read.until(MARKS_ONLY) == 10_000);
                    assertThat(read.until(RECORD)).as("nobody has judged it").isZero();

                    judgedAll(admin);
                    await().atMost(PATIENCE).until(() -> read.until(RECORD) == 20_000);
                }
            }
        }
    }

    /** Longer than anybody waits for one answer. */
    @Test
    void whenTheBrokerIsBackItGoesOn() throws Exception {
        KafkaOptions options = KafkaOptions.in(folder.resolve("kafka")).withPort(FreePort.any());
        EmbeddedKafka broker = EmbeddedKafka.start(options);
        KafkaConfig config = KafkaConfig.local(broker.bootstrapServers(), folder.resolve("unused"));
        KafkaClients clients = new KafkaClients(config);
        try (Admin admin = clients.admin("test")) {
            new Topics(admin, config).ensure();
        }
        try (TopicPointsRead read = TopicPointsRead.start(clients, clock::get)) {
            await().atMost(PATIENCE).until(() -> read.until(EMPTY) == 10_000);
            broker.close();
            await().atMost(PATIENCE).until(() -> read.condition() instanceof Condition.Degraded);
            clock.set(20_000);
            broker = EmbeddedKafka.start(options);
            await().atMost(PATIENCE).until(() -> read.until(EMPTY) == 20_000);
            assertThat(read.condition()).isEqualTo(Condition.ok());
        } finally {
            broker.close();
        }
    }

    private static void write(KafkaClients clients) {
        try (Producer<String, byte[]> producer =
                clients.producer("test", Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "test"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(RECORD));
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(record(MARKS_ONLY));
            producer.flush();
            producer.abortTransaction();
        }
    }

    private static ProducerRecord<String, byte[]> record(int partition) {
        return new ProducerRecord<>(Topic.METRICS_POINTS.topicName(), partition, "h", new byte[1]);
    }

    /** The record, and the mark behind it. */
    private static void judgedAll(Admin admin) throws Exception {
        admin.alterConsumerGroupOffsets(
                        Application.ALERT.id(),
                        Map.of(new TopicPartition(Topic.METRICS_POINTS.topicName(), RECORD), new OffsetAndMetadata(2)))
                .all()
                .get();
    }
}
