package io.peerscope.foundation.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.KafkaOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsTest {
    /** A refused first batch with an accepted second one would be out of sequence until its delivery times out. */
    @Test
    void newPartitionsTakeTheVeryFirstWrite(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(KafkaOptions.in(folder))) {
            KafkaConfig config = KafkaConfig.local(broker.bootstrapServers(), folder.resolve("unused"));
            KafkaClients clients = new KafkaClients(config);
            try (Admin admin = clients.admin("test");
                    Producer<String, byte[]> impatient = clients.producer(
                            "test",
                            Map.of(
                                    ProducerConfig.RETRIES_CONFIG,
                                    0,
                                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                    false))) {
                new Topics(admin, config).ensure();
                List<Future<RecordMetadata>> writes = new ArrayList<>();
                for (Topic topic : Topic.all()) {
                    int partitions = impatient.partitionsFor(topic.topicName()).size();
                    for (int partition = 0; partition < partitions; partition++) {
                        writes.add(impatient.send(
                                new ProducerRecord<>(topic.topicName(), partition, "key", new byte[] {1})));
                    }
                }
                for (Future<RecordMetadata> write : writes) {
                    assertThat(write.get(30, TimeUnit.SECONDS).offset()).isZero();
                }
            }
        }
    }
}
