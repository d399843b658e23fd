package io.peerscope.gateway.wiring;

import static io.peerscope.gateway.live.Samples.T0;
import static io.peerscope.gateway.live.Samples.alert;
import static io.peerscope.gateway.live.Samples.host;
import static io.peerscope.gateway.live.Samples.network;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.gateway.live.AlertLog;
import io.peerscope.gateway.live.LiveView;
import io.peerscope.gateway.live.StateKey;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** whoever is sent to another gateway sees the same. With a real broker. */
class TwoGatewaysTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration START = Duration.ofSeconds(20);

    @TempDir
    Path dir;

    private EmbeddedKafka kafka;
    private KafkaClients clients;
    private RecordWriter writer;

    /** What one gateway knows. */
    private record Gateway(LiveView view, AlertLog alerts, LiveTopics topics) implements AutoCloseable {
        static Gateway start(KafkaClients clients) {
            LiveView view = new LiveView(() -> T0);
            AlertLog alerts = new AlertLog(1000);
            LiveTopics topics = new LiveTopics(clients, view, alerts, () -> {});
            topics.start();
            await().atMost(START).until(() -> topics.conditions().stream().allMatch(Condition.Ok.class::isInstance));
            return new Gateway(view, alerts, topics);
        }

        /** As it is sent, the order of alerts included. */
        String shows(StateKey key) {
            return view.changesSince(key, 0).frame().text();
        }

        @Override
        public void close() {
            topics.close();
        }
    }

    @BeforeEach
    void broker() {
        kafka = EmbeddedKafka.start(KafkaOptions.in(dir.resolve("kafka")));
        clients = new KafkaClients(KafkaConfig.local(kafka.bootstrapServers(), dir.resolve("streams")));
        try (Admin admin = clients.admin("test-admin")) {
            new Topics(admin, clients.config()).ensure();
        }
        writer = new RecordWriter(clients, "test-writer");
    }

    @AfterEach
    void stop() {
        writer.close();
        kafka.close();
    }

    @Test
    void bothShowTheSameAlertsAlsoWhereOneCameLater() {
        writer.write(Topic.NETWORK_LIVE, "network", Json.encode(network(2, T0)));
        writer.write(Topic.HOSTS_LIVE, "h1", Json.encode(host("h1", HostStatus.UP)));
        try (Gateway first = Gateway.start(clients)) {
            for (int i = 0; i < 150; i++) {
                active("a" + i, Severity.WARNING);
            }
            active("worst", Severity.CRITICAL);
            closed("a7");
            try (Gateway second = Gateway.start(clients)) {
                agree(first, second, 150);

                active("late", Severity.HIGH);
                writer.write(Topic.HOSTS_LIVE, "h2", Json.encode(host("h2", HostStatus.SILENT)));
                closed("worst");
                agree(first, second, 150);
                assertThat(second.shows(new StateKey.Status()))
                        .contains("\"late\"")
                        .doesNotContain("\"worst\"");
                assertThat(second.shows(new StateKey.Hosts())).isEqualTo(first.shows(new StateKey.Hosts()));
                assertThat(second.shows(new StateKey.Metrics())).isEqualTo(first.shows(new StateKey.Metrics()));

                await().atMost(SOON).until(() -> second.alerts().last() == 1);
                assertThat(second.alerts().after(0).orElseThrow().text()).contains("\"late\"");
            }
        }
    }

    private static void agree(Gateway first, Gateway second, int alerts) {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(first.shows(new StateKey.Status())).contains("\"active_alerts_total\":" + alerts);
            assertThat(second.shows(new StateKey.Status())).isEqualTo(first.shows(new StateKey.Status()));
        });
    }

    private void active(String id, Severity severity) {
        Alert alert = alert(id, "h1", severity, AlertStatus.FIRING);
        writer.write(Topic.ALERTS_ACTIVE, id, Json.encode(alert));
        if (id.equals("late")) {
            writer.write(Topic.ALERTS_EVENTS, "h1", Json.encode(AlertEvent.of(AlertTransition.FIRING, alert, 1, null)));
        }
    }

    private void closed(String id) {
        writer.write(Topic.ALERTS_ACTIVE, id, null);
    }
}
