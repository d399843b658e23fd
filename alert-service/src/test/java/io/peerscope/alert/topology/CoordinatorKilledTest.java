package io.peerscope.alert.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.alert.Rules;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafkaCluster;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.RecordLoop;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.kafka.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three brokers, three replicas. The one that coordinates the transactions of the alert service is killed while an alert
 * begins or ends every tenth of a second, so in the middle of commits, and started again. Each episode has one firing and
 * one resolved, of the samples that began and ended it.
 */
class CoordinatorKilledTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int KILLS = 5;
    private static final int HOSTS = 8;
    private static final Rule RULE = Rules.rule("'id':'cpu','metric':'cpu_usage','warning':80,'flapping':false");

    @TempDir
    private Path folder;

    private final List<AlertEvent> told = new CopyOnWriteArrayList<>();
    /** As {@link #sentence} has it. */
    private final List<String> expected = new ArrayList<>();

    private long last;
    private int number;

    @Test
    @Tag("soak")
    void everyEpisodeIsToldOnce() throws Exception {
        KafkaOptions options = KafkaOptions.in(folder.resolve("kafka")).withHeap("-Xmx256m -Xms64m");
        try (EmbeddedKafkaCluster kafka = EmbeddedKafkaCluster.start(options)) {
            KafkaClients clients = new KafkaClients(
                    new KafkaConfig(kafka.bootstrapServers(), 4, (short) 3, folder, "local", Map.of()));
            try (Admin admin = clients.admin("test-admin")) {
                new Topics(admin, clients.config()).ensure();
                try (RecordWriter rules = new RecordWriter(clients, "test-rules");
                        Producer<String, byte[]> producer = clients.producer("test", Map.of());
                        RecordLoop events = new RecordLoop(
                                        clients,
                                        "test-events",
                                        List.of(Topic.ALERTS_EVENTS),
                                        RecordLoop.From.BEGINNING,
                                        row -> told.add(Json.decode(row.value(), AlertEvent.class)))
                                .start();
                        AlertProcess service = AlertProcess.start(clients.config(), folder.resolve("state"))) {
                    rules.broadcast(Topic.ALERTS_RULES, RULE.id(), Json.encode(RuleDocument.write(RULE)));
                    breakAndMend(producer, 1);
                    await().atMost(PATIENCE).until(() -> told.size() == expected.size());
                    for (int kill = 0; kill < KILLS; kill++) {
                        kill(kafka, admin, producer, kill);
                    }
                    await().atMost(PATIENCE).until(() -> told.size() >= expected.size());
                    assertThat(service.isAlive()).isTrue();
                    assertThat(events.malformed()).isZero();
                }
            }
        }
        assertThat(told.stream().map(CoordinatorKilledTest::sentence)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(told).extracting(AlertEvent::id).doesNotHaveDuplicates();
    }

    private void kill(EmbeddedKafkaCluster kafka, Admin admin, Producer<String, byte[]> producer, int kill) {
        int node = coordinator(admin);
        breakAndMend(producer, 1);
        kafka.broker(node).destroyForcibly();
        CompletableFuture<Void> back = CompletableFuture.runAsync(() -> {
            kafka.restart(node);
            await().atMost(PATIENCE).ignoreExceptions().until(() -> replicated(admin));
        });
        do {
            breakAndMend(producer, 1 + kill % 2);
        } while (!back.isDone());
        back.join();
    }

    /** Of whichever thread's transactions there are. */
    private static int coordinator(Admin admin) {
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> {
                            Optional<String> ours = admin.listTransactions().all().get().stream()
                                    .map(TransactionListing::transactionalId)
                                    .filter(id -> id.startsWith(Application.ALERT.id()))
                                    .findFirst();
                            return ours.isEmpty()
                                    ? -1
                                    : admin.describeTransactions(List.of(ours.get()))
                                            .description(ours.get())
                                            .get()
                                            .coordinatorId();
                        },
                        node -> node > 0);
    }

    private static boolean replicated(Admin admin) throws Exception {
        return admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .allMatch(partition -> partition.isr().size() == 3);
    }

    /** Every host becomes bad and good again, one after the other. */
    private void breakAndMend(Producer<String, byte[]> producer, int times) {
        for (int i = 0; i < times; i++) {
            for (int host = 0; host < HOSTS; host++) {
                Instant began = send(producer, "h" + host, 95);
                Instant ended = send(producer, "h" + host, 10);
                expected.add(sentence("firing", "h" + host, began, null));
                expected.add(sentence("resolved", "h" + host, began, ended));
            }
        }
    }

    /** Does not wait for the brokers: while one is away, the producer holds what it has. */
    private Instant send(Producer<String, byte[]> producer, String host, double value) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> System.currentTimeMillis() >= last + PAUSE.toMillis());
        last = System.currentTimeMillis();
        Point point = Point.of(new Subject(host, Subject.HOST, Labels.none()), last, Map.of("cpu_usage", value));
        PointBatch batch = new PointBatch(host, "", 0, last, "r" + number++, 0, false, List.of(point));
        producer.send(new ProducerRecord<>(Topic.METRICS_POINTS.topicName(), host, PointBatchCodec.encode(batch)));
        return Instant.ofEpochMilli(last);
    }

    private static String sentence(AlertEvent event) {
        return sentence(
                event.transition().word(),
                event.data().host(),
                event.data().startedAt(),
                event.data().resolvedAt());
    }

    private static String sentence(String transition, String host, Instant began, @Nullable Instant ended) {
        return "%s %s %s %s".formatted(host, transition, began, ended);
    }
}
