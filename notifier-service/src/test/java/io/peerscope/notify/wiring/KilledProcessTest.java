package io.peerscope.notify.wiring;

import static io.peerscope.contracts.alert.Severity.WARNING;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.notify.Alerts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A notifier in a process of its own, killed at each step of a delivery: before the message is made, while the receiver
 * reads it, when the receiver has answered, and while a repetition waits.
 */
class KilledProcessTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What the receiver does with a request about the victim. */
    private enum Step {
        TAKE,
        /** Killed before the receiver answers: it has the message, the notifier does not know. */
        KILL_WHILE_IT_READS,
        /** Killed as soon as the answer is on its way: perhaps noted, perhaps not. */
        KILL_AFTER_ITS_ANSWER,
        /** Killed while the repetition waits. */
        REFUSE_AND_KILL
    }

    @TempDir
    Path directory;

    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile Step step = Step.TAKE;
    /** An alert's id. */
    private volatile String victim = "";

    private HttpServer receiver;
    private EmbeddedKafka kafka;
    private RecordWriter writer;
    private volatile @Nullable Process notifier;

    @BeforeEach
    void open() throws IOException {
        kafka = EmbeddedKafka.start(KafkaOptions.in(directory.resolve("broker")));
        KafkaClients clients = new KafkaClients(KafkaConfig.local(kafka.bootstrapServers(), directory.resolve("test")));
        try (Admin admin = clients.admin("test-admin")) {
            new Topics(admin, clients.config()).ensure();
        }
        writer = new RecordWriter(clients, "test-writer");
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/", exchange -> {
            var body = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
            boolean isMeant = body.at("/data/alerts/0/id").asText().equals(victim);
            Step now = isMeant ? step : Step.TAKE;
            if (isMeant) {
                step = Step.TAKE;
            }
            if (now == Step.KILL_WHILE_IT_READS) {
                kill();
            }
            if (now == Step.REFUSE_AND_KILL) {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
                kill();
                return;
            }
            ids.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            body.path("data")
                    .path("alerts")
                    .forEach(alert -> heard.add(alert.path("id").asText() + " "
                            + alert.path("status").asText()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            if (now == Step.KILL_AFTER_ITS_ANSWER) {
                kill();
            }
        });
        receiver.start();
    }

    @AfterEach
    void close() {
        kill();
        receiver.stop(0);
        writer.close();
        kafka.close();
    }

    @Test
    void nothing_is_lost_and_no_more_is_repeated_than_was_under_way() throws Exception {
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
        writer.broadcast(Topic.NOTIFICATIONS_CHANNELS, "ops", Json.encode(Alerts.at(Alerts.webhook("ops"), url)));
        start();
        fire("a1");
        awaitHeard("a1 firing");

        for (Step killing : List.of(Step.KILL_WHILE_IT_READS, Step.KILL_AFTER_ITS_ANSWER, Step.REFUSE_AND_KILL)) {
            victim = "a-" + killing;
            step = killing;
            fire("a-" + killing);
            awaitDeath();
            start();
            awaitHeard("a-" + killing + " firing");
        }
        // Before the message is made: the event is on the topic, nobody has read it.
        kill();
        fire("unread");
        start();
        awaitHeard("unread firing");
        victim = "a1";
        step = Step.KILL_WHILE_IT_READS;
        resolve("a1");
        awaitDeath();
        start();
        awaitHeard("a1 resolved");
        resolve("unread");
        awaitHeard("unread resolved");

        assertThat(List.copyOf(Set.copyOf(heard)))
                .containsExactlyInAnyOrder(
                        "a1 firing",
                        "a-KILL_WHILE_IT_READS firing",
                        "a-KILL_AFTER_ITS_ANSWER firing",
                        "a-REFUSE_AND_KILL firing",
                        "unread firing",
                        "a1 resolved",
                        "unread resolved");
        assertThat(Set.copyOf(heard))
                .as("a kill repeats what was under way, and no other")
                .allSatisfy(
                        words -> assertThat(Collections.frequency(heard, words)).isLessThanOrEqualTo(2));
        assertThat(heard).as("five kills").hasSizeLessThanOrEqualTo(7 + 5);
        assertThat(Set.copyOf(ids)).as("repeated under the same id").hasSize(7);
        assertThat(heard.indexOf("a1 firing")).isLessThan(heard.indexOf("a1 resolved"));
    }

    private void start() throws IOException {
        notifier = NotifierProcess.start(
                kafka.bootstrapServers(), directory.resolve("state"), "local", directory.resolve("notifier.log"));
    }

    /** SIGKILL. */
    private void kill() {
        Process process = notifier;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private void awaitDeath() throws InterruptedException {
        assertThat(requireNonNull(notifier).waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    private void awaitHeard(String words) {
        await().atMost(PATIENCE).until(() -> heard.contains(words));
    }

    private void fire(String id) {
        send(AlertTransition.FIRING, Alerts.episode(id, "host-" + id, WARNING, AlertStatus.FIRING, null), 1);
    }

    private void resolve(String id) {
        send(AlertTransition.RESOLVED, Alerts.episode(id, "host-" + id, WARNING, AlertStatus.RESOLVED, Alerts.T0), 2);
    }

    private void send(AlertTransition transition, Alert alert, long sequence) {
        AlertEvent event = AlertEvent.of(transition, alert, sequence, null);
        writer.write(Topic.ALERTS_EVENTS, alert.key(), Json.encode(event));
    }
}
