package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.live.MapLive;
import io.peerscope.contracts.topic.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a channel would be sent. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class PreviewsApiTest extends RunningApi {
    @Test
    void aPreviewShowsTheMessageAndSendsNothing() {
        String id = "chat-" + UUID.randomUUID();
        String url = "https://discord.com/api/webhooks/1/topsecret";
        Api.Answer elsewhere = api.send(
                "POST",
                "/api/v1/channels",
                "{\"id\":\"%s\",\"type\":\"discord\",\"url\":\"https://192.0.2.1/x\"}".formatted(id),
                as(admin));
        assertWrong(elsewhere, "bad_parameter", "url");
        assertThat(api.send(
                                "POST",
                                "/api/v1/channels",
                                "{\"id\":\"%s\",\"type\":\"discord\",\"url\":\"%s\"}".formatted(id, url),
                                as(admin))
                        .status())
                .isEqualTo(201);

        Api.Answer shown = api.get("/api/v1/channels/" + id + "/preview", as(operator));
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.json().path("headline").asText()).isEqualTo("[INFO] test on example-host");
        assertThat(shown.json().path("body").asText()).contains("allowed_mentions");
        assertThat(shown.text()).doesNotContain("topsecret");
        assertThat(api.get("/api/v1/channels/" + id + "/preview?alert=nope", as(operator))
                        .status())
                .isEqualTo(404);
        api.send("DELETE", "/api/v1/channels/" + id, null, as(admin));
    }

    @Test
    void aPreviewOfAnActionIsTheRequestAndSaysThatItIsNotMeant() {
        String id = "fail-" + UUID.randomUUID();
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        api.send("POST", "/api/v1/channels", """
                {"id":"%s","type":"action","url":"https://192.0.2.1/hook","secret":"%s","action":{"name":"failover"}}""".formatted(id, secret), as(admin));
        String path = "/api/v1/channels/" + id;
        assertThat(api.get(path + "/preview", as(operator)).json().path("body").asText())
                .contains("\"type\":\"action.requested\"", "\"dry_run\":true");
        api.send("PUT", path, "{\"type\":\"action\",\"action\":{\"name\":\"failover\",\"dry_run\":false}}", as(admin));
        assertThat(api.get(path + "/preview", as(operator)).json().path("body").asText())
                .contains("\"type\":\"action.requested\"", "\"dry_run\":false");
        api.send("DELETE", path, null, as(admin));
    }

    @Test
    void aPreviewNamesWhoHasTheLargestPartInIt() {
        String channel = "chat-" + UUID.randomUUID();
        api.send(
                "POST",
                "/api/v1/channels",
                "{\"id\":\"%s\",\"type\":\"webhook\",\"url\":\"https://192.0.2.1/hook\"}".formatted(channel),
                as(admin));
        Instant now = Instant.now();
        String host = "busy-" + UUID.randomUUID();
        MapLive map = new MapLive("prontera", "p2p", now, Map.of("player_count", 812.0), Map.of());
        HostLive live = new HostLive(
                host,
                HostStatus.UP,
                now,
                now,
                now,
                0,
                Map.of(),
                Map.of("cpu_usage", 97.0),
                List.of(map),
                new LinksLive(0, 0, null),
                false);
        writer.write(Topic.HOSTS_LIVE, host, Json.encode(live));
        Alert firing = SampleAlerts.of(host, AlertStatus.FIRING, null, now);
        writer.write(
                Topic.ALERTS_EVENTS, firing.key(), Json.encode(AlertEvent.of(AlertTransition.FIRING, firing, 1, null)));

        await().untilAsserted(() -> assertThat(
                        api.get("/api/v1/channels/" + channel + "/preview?alert=" + firing.id(), as(operator))
                                .json()
                                .path("body")
                                .asText())
                .contains("\"contributors\":[{\"kind\":\"map\",\"name\":\"prontera\"", "812"));
        api.send("DELETE", "/api/v1/channels/" + channel, null, as(admin));
        writer.write(Topic.HOSTS_LIVE, host, null);
    }
}
