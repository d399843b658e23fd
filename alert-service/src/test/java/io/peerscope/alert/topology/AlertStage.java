package io.peerscope.alert.topology;

import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.alert.AlertEvent;
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
import io.peerscope.foundation.kafka.RecordLoop;
import io.peerscope.foundation.kafka.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A real broker with one rule: samples go in, and what the alert service tells comes out. */
final class AlertStage implements AutoCloseable {
    private final EmbeddedKafka broker;
    private final Admin admin;
    private final Producer<String, byte[]> producer;
    private final RecordLoop events;
    private final List<AlertEvent> told = new CopyOnWriteArrayList<>();
    private long last;
    private long number;

    AlertStage(Path folder, Rule... rules) {
        broker = EmbeddedKafka.start(KafkaOptions.in(folder.resolve("kafka")));
        KafkaConfig config = KafkaConfig.local(broker.bootstrapServers(), folder.resolve("unused"));
        KafkaClients clients = new KafkaClients(config);
        admin = clients.admin("test");
        new Topics(admin, config).ensure();
        producer = clients.producer("test", Map.of());
        events = new RecordLoop(
                        clients,
                        "test-events",
                        List.of(Topic.ALERTS_EVENTS),
                        RecordLoop.From.BEGINNING,
                        row -> told.add(Json.decode(row.value(), AlertEvent.class)))
                .start();
        for (Rule rule : rules) {
            say(rule);
        }
    }

    /** Long ago: what is read together is taken in the order of its times, and a backlog shall find the rule there. */
    private void say(Rule rule) {
        long then = System.currentTimeMillis() - Duration.ofHours(3).toMillis();
        producer.partitionsFor(Topic.ALERTS_RULES.topicName())
                .forEach(each -> producer.send(new ProducerRecord<>(
                        each.topic(), each.partition(), then, rule.id(), Json.encode(RuleDocument.write(rule)))));
        producer.flush();
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    Admin admin() {
        return admin;
    }

    /** Sends it as of now. All samples are at different times, a millisecond apart at least. */
    void send(String host, double cpu) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> System.currentTimeMillis() > last);
        last = System.currentTimeMillis();
        send(host, cpu, last);
    }

    /** Sends it as if it had come at that time. */
    void send(String host, double cpu, long at) {
        Point point = Point.of(new Subject(host, Subject.HOST, Labels.none()), at, Map.of("cpu_usage", cpu));
        PointBatch batch = new PointBatch(host, "", 0, at, "r" + number++, 0, false, List.of(point));
        producer.send(
                new ProducerRecord<>(Topic.METRICS_POINTS.topicName(), null, at, host, PointBatchCodec.encode(batch)));
    }

    /** Somebody else's record on the topic of events; nobody reads what stands behind an open transaction. */
    void sendEvent(int partition, AlertEvent event) {
        producer.send(new ProducerRecord<>(Topic.ALERTS_EVENTS.topicName(), partition, "test", Json.encode(event)));
        producer.flush();
    }

    void flush() {
        producer.flush();
    }

    List<AlertEvent> told() {
        return told;
    }

    /** As {@code host word}. */
    List<String> sentences() {
        return told.stream()
                .map(event -> event.data().host() + " " + event.transition().word())
                .toList();
    }

    @Override
    public void close() {
        events.close();
        producer.close(Duration.ofSeconds(2));
        admin.close();
        broker.close();
    }
}
