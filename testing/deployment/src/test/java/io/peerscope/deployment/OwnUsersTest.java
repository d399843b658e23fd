package io.peerscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.embedded.FreePort;
import io.peerscope.embedded.KafkaOptions.Passage;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.process.SixProcesses;
import io.peerscope.testkit.process.SixProcesses.Service;
import io.peerscope.testkit.story.Story;
import io.peerscope.testkit.webhook.RecordingWebhook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The six processes, each as its own user with the rights of deploy/kubernetes and no other, before Kafka's authorizer: what a
 * host reports is stored, shown, and told.
 */
@Tag("soak")
class OwnUsersTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String HOST = "guarded";

    @Test
    void aBatchBecomesAPageAnAlertAndAMessage(@TempDir Path data) throws IOException {
        Story story = Story.begin("each as its own user");
        int port = FreePort.any();
        try (SixProcesses six = SixProcesses.start(
                        data,
                        new Passage(port, port, GuardedBroker.settings()),
                        bootstrap -> GuardedBroker.prepare(bootstrap, data, KafkaUsers.all()),
                        service -> settings(service, port));
                RecordingWebhook webhook = RecordingWebhook.start()) {
            story.tell("all six are ready");
            try {
                unfold(story, six, webhook);
            } catch (RuntimeException | AssertionError failed) {
                System.out.println(six.lastWords());
                throw failed;
            }
            for (Service service : Service.values()) {
                assertThat(Files.readString(six.log(service)))
                        .as("%s was denied nothing", service)
                        .doesNotContain("AuthorizationException", "AUTHORIZATION_FAILED", "Not authorized");
            }
        }
    }

    private static void unfold(Story story, SixProcesses six, RecordingWebhook webhook) {
        Api admin = six.api(Service.QUERY_API, "admin");
        made(admin.post(
                "/api/v1/rules",
                Map.of("id", "guarded_hot", "metric", "cpu_usage", "operator", ">", "warning", 80, "duration", 0)));
        made(admin.post("/api/v1/channels", webhook.channel("guarded-hook", Map.of("send_resolved", true))));
        Api fleet = six.api(Service.INGEST, "fleet");
        story.holdsWithin(SOON, "the alert is told", () -> {
            assertThat(report(fleet, 93)).isEqualTo(200);
            assertThat(webhook.messages("guarded_hot", HOST)).isNotEmpty();
        });
        Api viewer = six.api(Service.GATEWAY, "viewer");
        assertThat(viewer.get("/p2p/monitoring").text()).contains("<html");
        story.holdsWithin(SOON, "the gateway shows the host and its alert", () -> {
            assertThat(viewer.get("/api/v1/hosts/" + HOST)
                            .at("/fields/cpu_usage")
                            .asDouble())
                    .isEqualTo(93);
            assertThat(viewer.get("/api/v1/alerts/active?host=" + HOST).text()).contains("\"guarded_hot\"");
            assertThat(viewer.get("/api/v1/metrics/realtime")
                            .at("/active_hosts")
                            .asInt())
                    .isPositive();
        });
        Answer past = viewer.strong().get("/api/v1/metrics/historical?timeframe=1h&metrics=cpu_usage&hosts=" + HOST);
        assertThat(past.at("/series/0/points/0/1").asDouble()).isEqualTo(93);
        story.holdsWithin(SOON, "its end is told, too", () -> {
            assertThat(report(fleet, 20)).isEqualTo(200);
            assertThat(webhook.messages("guarded_hot", HOST))
                    .anyMatch(message -> message.type().equals("alert.resolved"));
        });
    }

    private static int report(Api fleet, double cpu) {
        return fleet.post("/api/v1/ingest", batch(HOST, cpu)).status();
    }

    private static Map<String, Object> batch(String host, double cpu) {
        return Map.of("host", host, "points", List.of(Map.of("fields", Map.of("cpu_usage", cpu))));
    }

    private static void made(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    private static Map<String, String> settings(Service service, int port) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("peerscope.kafka.bootstrap-servers", "127.0.0.1:" + port);
        GuardedBroker.access(service.folder())
                .forEach((key, value) -> settings.put("peerscope.kafka.client.\"" + key + "\"", value));
        return settings;
    }
}
