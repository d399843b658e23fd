package io.peerscope.notify.wiring;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.FreePort;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.notify.Alerts;
import io.peerscope.testkit.network.Fault;
import io.peerscope.testkit.network.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two notifiers of which one can reach everything but Kafka for a while, in the middle of its deliveries: the other takes
 * over, nothing is lost, and what is said twice is what the first was saying when it was cut off.
 */
@Tag("soak")
class CutOffTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Enough for each of the two to have some, in whatever partitions they lie. */
    private static final List<String> CHANNELS =
            IntStream.range(0, 12).mapToObj(i -> "ops" + i).toList();

    private static final int ALERTS = 20;

    @TempDir
    Path directory;

    @Test
    void nothing_is_lost_and_no_more_is_said_twice_than_was_under_way() throws Exception {
        int passage = FreePort.any();
        try (TcpProxy cable = TcpProxy.to("127.0.0.1", passage);
                EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(directory.resolve("broker"))
                        .withPassage(new KafkaOptions.Passage(passage, cable.port())));
                Receiver receiver = new Receiver()) {
            KafkaClients clients =
                    new KafkaClients(KafkaConfig.local(kafka.bootstrapServers(), directory.resolve("test")));
            try (Admin admin = clients.admin("test-admin")) {
                new Topics(admin, clients.config()).ensure();
            }
            Process far = start("127.0.0.1:" + cable.port(), "far");
            Process near = start(kafka.bootstrapServers(), "near");
            try (RecordWriter writer = new RecordWriter(clients, "test-writer")) {
                CHANNELS.forEach(
                        id -> writer.broadcast(Topic.NOTIFICATIONS_CHANNELS, id, Json.encode(hook(id, receiver))));
                fire(writer, 0, 1);
                await().atMost(PATIENCE).until(() -> alerts(receiver).size() == CHANNELS.size());

                fire(writer, 1, ALERTS);
                await().atMost(PATIENCE).until(() -> alerts(receiver).size() > 2 * CHANNELS.size());
                cable.become(new Fault.Stall());
                fire(writer, ALERTS, 2 * ALERTS);
                await().atMost(PATIENCE).until(() -> alerts(receiver).size() == 2 * ALERTS * CHANNELS.size());

                cable.become(Fault.none());
                IntStream.range(0, 2 * ALERTS)
                        .forEach(i -> send(writer, AlertTransition.RESOLVED, AlertStatus.RESOLVED, i));
                await().atMost(PATIENCE).until(() -> alerts(receiver).size() == 4 * ALERTS * CHANNELS.size());
            } finally {
                far.destroyForcibly();
                near.destroyForcibly();
            }
            assertBoundedRepetitions(receiver);
        }
    }

    private static void assertBoundedRepetitions(Receiver receiver) {
        for (String channel : CHANNELS) {
            List<Receiver.Heard> heard = receiver.heard(channel);
            long repeated = heard.size()
                    - heard.stream().map(Receiver.Heard::id).distinct().count();
            assertThat(repeated)
                    .as("one message of a channel is under way at a time")
                    .isLessThanOrEqualTo(1);
            List<String> words = receiver.alerts(channel);
            for (int i = 0; i < 2 * ALERTS; i++) {
                assertThat(words.indexOf("a" + i + " firing")).isLessThan(words.indexOf("a" + i + " resolved"));
            }
            long repetitions = heard.stream()
                    .flatMap(one -> one.alerts().stream().map(alert -> one.id() + " " + alert))
                    .distinct()
                    .count();
            assertThat(repetitions).as("said twice only under the same id").isEqualTo(4L * ALERTS);
        }
    }

    /** Each once, by channel. */
    private static Set<String> alerts(Receiver receiver) {
        Set<String> all = new HashSet<>();
        CHANNELS.forEach(id -> receiver.alerts(id).forEach(words -> all.add(id + " " + words)));
        return all;
    }

    private Process start(String broker, String instance) throws Exception {
        return NotifierProcess.start(
                broker, directory.resolve(instance), instance, directory.resolve(instance + ".log"));
    }

    /** Each alert has a message of its own: the limit is not what is tried here. */
    private static Channel hook(String id, Receiver receiver) {
        Channel hook = Alerts.at(Alerts.webhook(id), receiver.url(id));
        return Alerts.paced(hook, new Channel.Pace(0, 600, List.of(), 0, 0));
    }

    private static void fire(RecordWriter writer, int from, int to) {
        IntStream.range(from, to).forEach(i -> send(writer, AlertTransition.FIRING, AlertStatus.FIRING, i));
    }

    private static void send(RecordWriter writer, AlertTransition transition, AlertStatus status, int i) {
        boolean over = status == AlertStatus.RESOLVED;
        Alert alert = Alerts.episode("a" + i, "host-" + i, CRITICAL, status, over ? Alerts.T0 : null);
        writer.write(
                Topic.ALERTS_EVENTS, alert.key(), Json.encode(AlertEvent.of(transition, alert, over ? 2 : 1, null)));
    }
}
