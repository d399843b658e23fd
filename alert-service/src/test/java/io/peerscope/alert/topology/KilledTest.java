package io.peerscope.alert.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.alert.Rules;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.kafka.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker, in real time: killed while pending, killed while firing with its disk lost, and told once. */
class KilledTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DURATION_SECONDS = 20;
    private static final Rule RULE =
            Rules.rule("'id':'cpu','metric':'cpu_usage','warning':80,'duration':" + DURATION_SECONDS);

    @TempDir
    private Path folder;

    private final List<AlertEvent> told = new ArrayList<>();

    @Test
    void oneEpisodeIsToldOnce() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(KafkaOptions.in(folder.resolve("kafka")))) {
            KafkaConfig config = KafkaConfig.local(broker.bootstrapServers(), folder.resolve("unused"));
            KafkaClients clients = new KafkaClients(config);
            try (Admin admin = clients.admin("test")) {
                new Topics(admin, config).ensure();
            }
            try (RecordWriter rules = new RecordWriter(clients, "test-rules");
                    Producer<String, byte[]> producer = clients.producer("test", Map.of());
                    Consumer<String, byte[]> events = clients.consumer("test-events", Map.of())) {
                rules.broadcast(Topic.ALERTS_RULES, RULE.id(), Json.encode(RuleDocument.write(RULE)));
                readAll(events);
                live(broker.bootstrapServers(), producer, events);
            }
        }
        assertThat(told)
                .extracting(AlertEvent::transition)
                .containsExactly(AlertTransition.PENDING, AlertTransition.FIRING, AlertTransition.RESOLVED);
        assertThat(told).extracting(AlertEvent::sequence).containsExactly(1L, 2L, 3L);
        assertThat(told)
                .extracting(AlertEvent::subject)
                .containsOnly(told.getFirst().subject());
        assertThat(told.getLast().data().firedAt())
                .isEqualTo(told.getLast().data().startedAt().plusSeconds(DURATION_SECONDS));
    }

    private void live(String bootstrap, Producer<String, byte[]> producer, Consumer<String, byte[]> events)
            throws Exception {
        try (AlertProcess first = AlertProcess.start(bootstrap, folder.resolve("state"))) {
            sendUntil(producer, events, 95, 1);
            first.kill();
        }
        assertThat(told.getFirst().data().startedAt().plusSeconds(DURATION_SECONDS))
                .as("the duration is not over when the second one starts")
                .isAfter(Instant.now());
        try (AlertProcess second = AlertProcess.start(bootstrap, folder.resolve("state"))) {
            sendUntil(producer, events, 95, 2);
            second.kill();
        }
        try (AlertProcess third = AlertProcess.start(bootstrap, folder.resolve("another-disk"))) {
            send(producer, 95);
            sendUntil(producer, events, 10, 3);
            sendUntil(producer, events, 10, 3);
        }
    }

    private void sendUntil(Producer<String, byte[]> producer, Consumer<String, byte[]> events, double value, int told) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            send(producer, value);
            for (ConsumerRecord<String, byte[]> record : events.poll(Duration.ofMillis(100))) {
                this.told.add(Json.decode(record.value(), AlertEvent.class));
            }
            return this.told.size() >= told;
        });
    }

    private static void send(Producer<String, byte[]> producer, double value) {
        long now = System.currentTimeMillis();
        Point point = Point.of(new Subject("h1", Subject.HOST, Labels.none()), now, Map.of("cpu_usage", value));
        PointBatch batch = new PointBatch("h1", "", 0, now, "r", 0, false, List.of(point));
        producer.send(new ProducerRecord<>(Topic.METRICS_POINTS.topicName(), "h1", PointBatchCodec.encode(batch)));
        producer.flush();
    }

    private static void readAll(Consumer<String, byte[]> events) {
        List<TopicPartition> partitions = events.partitionsFor(Topic.ALERTS_EVENTS.topicName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        events.assign(partitions);
        events.seekToBeginning(partitions);
    }
}
