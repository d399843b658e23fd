package io.peerscope.query.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.RecordLoop;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is secret of a channel goes in and never comes out. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class ChannelSecretsApiTest extends RunningApi {
    @Test
    void channelsKeepTheirSecrets() {
        String id = "hook-" + UUID.randomUUID();
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        String body = "{\"id\":\"%s\",\"type\":\"webhook\",\"url\":\"https://192.0.2.1/hook\",\"secret\":\"%s\"}"
                .formatted(id, secret);
        Api.Answer created = api.send("POST", "/api/v1/channels", body, as(admin));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text()).doesNotContain(secret);
        assertThat(created.json().path("has_secret").asBoolean()).isTrue();
        assertThat(created.json().path("cooldown_seconds").asInt()).isEqualTo(300);

        Api.Answer replaced = api.send(
                "PUT", "/api/v1/channels/" + id, "{\"type\":\"webhook\",\"min_severity\":\"critical\"}", as(admin));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().path("url").asText()).isEqualTo("https://192.0.2.1/hook");
        assertThat(replaced.json().path("has_secret").asBoolean()).isTrue();
        assertThat(api.get("/api/v1/channels/" + id, as(viewer))
                        .json()
                        .path("url")
                        .isNull())
                .isTrue();

        Api.Answer loopback = api.send(
                "POST",
                "/api/v1/channels",
                "{\"id\":\"x\",\"type\":\"webhook\",\"url\":\"http://127.0.0.1:9/\"}",
                as(admin));
        assertThat(loopback.status()).isEqualTo(400);
        assertThat(loopback.json().path("errors").get(0).path("field").asText()).isEqualTo("url");
        Api.Answer nobody = api.send("POST", "/api/v1/channels", "{\"id\":\"x\",\"type\":\"email\"}", as(admin));
        assertThat(nobody.json().path("errors").get(0).path("field").asText()).isEqualTo("recipients");

        Api.Answer tested = api.send("POST", "/api/v1/channels/" + id + "/test", null, as(admin));
        assertThat(tested.status()).isEqualTo(202);
        assertThat(tested.json().path("delivery_id").asText()).startsWith("test-");
        assertThat(api.send("DELETE", "/api/v1/channels/" + id, null, as(admin)).status())
                .isEqualTo(204);
        assertThat(api.get("/api/v1/audit?object=" + id, as(admin)).text()).doesNotContain(secret);
    }

    @Test
    void whatWasWrittenInClearIsSealedWhenAskedFor() {
        String id = "clear-" + UUID.randomUUID();
        String secret = "whsec_" + Base64.getEncoder().encodeToString("written-before-there-was-a-key".getBytes(UTF_8));
        Channel clear = new Channel(
                id,
                ChannelType.WEBHOOK,
                true,
                new Channel.Interest(Severity.WARNING, Map.of(), true),
                new Channel.Pace(300, 10, List.of(), 0, 0),
                Channel.Turn.atOnce(),
                new Channel.Target("https://192.0.2.1/in-the-address", secret, List.of(), null),
                null);
        writer.broadcast(Topic.NOTIFICATIONS_CHANNELS, id, Json.encode(clear));
        await().untilAsserted(() -> assertThat(api.get("/api/v1/channels/" + id, as(admin))
                        .json()
                        .path("url")
                        .asText())
                .isEqualTo("https://192.0.2.1/in-the-address"));

        List<String> written = new CopyOnWriteArrayList<>();
        try (RecordLoop loop = new RecordLoop(
                        clients,
                        "test-sealed",
                        List.of(Topic.NOTIFICATIONS_CHANNELS),
                        RecordLoop.From.BEGINNING,
                        row -> {
                            if (id.equals(row.key()) && row.value() != null) {
                                written.add(new String(row.value(), UTF_8));
                            }
                        })
                .start()) {
            await().until(loop::caughtUp);
            assertThat(written).isNotEmpty().allMatch(row -> row.contains(secret));
            written.clear();
            Api.Answer sealed = api.send("POST", "/api/v1/channels/_reseal", null, as(admin));
            assertThat(sealed.status()).as(sealed.text()).isEqualTo(200);
            assertThat(sealed.json().path("written").toString()).contains(id);
            await().untilAsserted(() -> assertThat(written).isNotEmpty());
            assertThat(written).noneMatch(row -> row.contains(secret) || row.contains("in-the-address"));
        }
        assertThat(api.send("POST", "/api/v1/channels/_reseal", null, as(admin)).text())
                .doesNotContain(id);
        Api.Answer kept = api.send("PUT", "/api/v1/channels/" + id, "{\"type\":\"webhook\"}", as(admin));
        assertThat(kept.json().path("url").asText()).isEqualTo("https://192.0.2.1/in-the-address");
        assertThat(api.get("/api/v1/audit?object=" + id, as(admin)).text())
                .contains("channel.reseal", "https://192.0.2.1")
                .doesNotContain("in-the-address");
        api.send("DELETE", "/api/v1/channels/" + id, null, as(admin));
    }

    @Test
    void whatIsSealedWithAKeyThatIsNotHereIsNeitherShownNorLost() {
        String id = "foreign-" + UUID.randomUUID();
        String foreign = "sealed:1:00000000:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        Channel channel = new Channel(
                id,
                ChannelType.WEBHOOK,
                true,
                new Channel.Interest(Severity.WARNING, Map.of(), true),
                new Channel.Pace(300, 10, List.of(), 0, 0),
                Channel.Turn.atOnce(),
                new Channel.Target(foreign, foreign, List.of(), null),
                null);
        writer.broadcast(Topic.NOTIFICATIONS_CHANNELS, id, Json.encode(channel));
        await().untilAsserted(() -> assertThat(
                        api.get("/api/v1/channels/" + id, as(admin)).status())
                .isEqualTo(200));
        Api.Answer shown = api.get("/api/v1/channels/" + id, as(admin));
        assertThat(shown.json().path("url").isNull()).isTrue();
        assertThat(shown.json().path("has_secret").asBoolean()).isTrue();
        Api.Answer sealed = api.send("POST", "/api/v1/channels/_reseal", null, as(admin));
        assertThat(sealed.json().path("unreadable").toString()).contains(id);
        assertWrong(
                api.send("PUT", "/api/v1/channels/" + id, "{\"type\":\"webhook\"}", as(admin)), "bad_parameter", "url");
        api.send("DELETE", "/api/v1/channels/" + id, null, as(admin));
    }
}
