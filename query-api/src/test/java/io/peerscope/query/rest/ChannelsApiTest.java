package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.RecordLoop;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Where messages go. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class ChannelsApiTest extends RunningApi {
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
    void aMessageThatFailedIsSentAgainWithItsAlertAsItIsNow() {
        String channel = "hook-" + UUID.randomUUID();
        String url = "https://192.0.2.1/hook";
        api.send(
                "POST",
                "/api/v1/channels",
                "{\"id\":\"%s\",\"type\":\"webhook\",\"url\":\"%s\"}".formatted(channel, url),
                as(admin));
        Alert over = SampleAlerts.of("mute-" + UUID.randomUUID(), AlertStatus.RESOLVED, null, Instant.now());
        writer.write(
                Topic.ALERTS_EVENTS, over.key(), Json.encode(AlertEvent.of(AlertTransition.RESOLVED, over, 2, null)));
        DeliveryRecord failed = new DeliveryRecord(
                "msg-" + UUID.randomUUID(),
                channel,
                MessageType.FIRING,
                DeliveryRecord.Status.FAILED,
                9,
                Instant.now(),
                "server_error",
                "HTTP 500",
                null,
                List.of(over.id()));
        writer.write(Topic.NOTIFICATIONS_DELIVERIES, failed.id(), Json.encode(failed));
        String path = "/api/v1/deliveries/" + failed.id() + "/replay";

        List<OutboxMessage> sent = new CopyOnWriteArrayList<>();
        try (RecordLoop outbox = new RecordLoop(
                        clients,
                        "test-outbox",
                        List.of(Topic.NOTIFICATIONS_OUTBOX),
                        RecordLoop.From.END,
                        row -> sent.add(Json.decode(row.value(), OutboxMessage.class)))
                .start()) {
            await().until(outbox::caughtUp);
            String id = await().until(() -> replayed(path), text -> !text.isEmpty());
            await().until(() -> !sent.isEmpty());
            assertThat(sent.getFirst().id()).isEqualTo(id);
        }
        assertThat(sent.getFirst().type()).isEqualTo(MessageType.RESOLVED);
        assertThat(sent.getFirst().alerts()).extracting(Alert::id).containsExactly(over.id());
        assertThat(api.send("POST", path, null, as(viewer)).status()).isEqualTo(403);
        assertThat(api.send("POST", "/api/v1/deliveries/nope/replay", null, as(operator))
                        .status())
                .isEqualTo(404);
        api.send("DELETE", "/api/v1/channels/" + channel, null, as(admin));
        await().untilAsserted(() ->
                assertThat(api.send("POST", path, null, as(operator)).code()).isEqualTo("conflict"));
    }

    /** The new delivery's id; empty as long as the failed one is not stored. */
    private String replayed(String path) {
        return api.send("POST", path, null, as(operator))
                .json()
                .path("delivery_id")
                .asText();
    }

    @Test
    void textMessagesAreForWhatIsCritical() {
        String id = "pager-" + UUID.randomUUID();
        Api.Answer created = api.send(
                "POST",
                "/api/v1/channels",
                "{\"id\":\"%s\",\"type\":\"sms\",\"recipients\":[\"+4915100000001\"]}".formatted(id),
                as(admin));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("min_severity").asText()).isEqualTo("critical");
        api.send("DELETE", "/api/v1/channels/" + id, null, as(admin));
    }

    @Test
    void addressesThatTheSenderUnderstandsAreAccepted() {
        for (String url :
                List.of("HTTPS://192.0.2.1/hook", "https://bücher.invalid/hook", "http://my_host.invalid:8080/hook")) {
            String id = "hook-" + UUID.randomUUID();
            Api.Answer created = api.send(
                    "POST",
                    "/api/v1/channels",
                    "{\"id\":\"%s\",\"type\":\"webhook\",\"url\":\"%s\"}".formatted(id, url),
                    as(admin));
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            api.send("DELETE", "/api/v1/channels/" + id, null, as(admin));
        }
        for (String url : List.of("http://[::ffff:10.0.0.1]/", "http://198.18.0.1/", "ftp://example.org/")) {
            assertRefused("\"type\":\"webhook\",\"url\":\"" + url + "\"", "bad_parameter", "url");
        }
    }

    @Test
    void fieldsAreNamedWhereTheyAreWrong() {
        assertRefused("\"type\":\"email\",\"recipients\":[\"a@b.c\"],\"urls\":1", "unknown_field", "urls");
        assertRefused(
                "\"type\":\"email\",\"recipients\":[\"a@b.c\"],\"matchers\":{\"shard\":7}",
                "bad_parameter",
                "matchers.shard");
        assertRefused(
                "\"type\":\"email\",\"recipients\":[\"a@b.c\"],\"matchers\":{\"a b\":\"c\"}",
                "bad_parameter",
                "matchers.a b");
        assertRefused("\"type\":\"email\",\"recipients\":[7]", "bad_parameter", "recipients");
    }

    private void assertRefused(String fields, String code, String field) {
        assertWrong(api.send("POST", "/api/v1/channels", "{\"id\":\"x\"," + fields + "}", as(admin)), code, field);
    }
}
