package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.HeldRecord;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.RecordLoop;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What became of messages. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class DeliveriesApiTest extends RunningApi {
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
                List.of(over.id()),
                3,
                null);
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
        String off = "{\"type\":\"webhook\",\"enabled\":false}";
        assertThat(api.send("PUT", "/api/v1/channels/" + channel, off, as(admin))
                        .status())
                .isEqualTo(200);
        await().untilAsserted(() -> {
            Api.Answer refused = api.send("POST", path, null, as(operator));
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text()).contains("switched off");
        });
        api.send("DELETE", "/api/v1/channels/" + channel, null, as(admin));
        await().untilAsserted(() ->
                assertThat(api.send("POST", path, null, as(operator)).code()).isEqualTo("conflict"));
    }

    @Test
    void aDeadChannelIsSeenWithItsCauseAndWhoIsToldInstead() {
        String id = "dead-" + UUID.randomUUID();
        String mail = hook("");
        String body = "{\"id\":\"%s\",\"type\":\"webhook\",\"url\":\"https://192.0.2.1/hook\",\"fallback\":\"%s\"}";
        Api.Answer made = api.send("POST", "/api/v1/channels", body.formatted(id, mail), as(admin));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("fallback").asText()).isEqualTo(mail);
        assertThat(made.json().path("delivery").isNull()).isTrue();
        DeliveryRecord failed = new DeliveryRecord(
                "msg-" + UUID.randomUUID(),
                id,
                MessageType.FIRING,
                DeliveryRecord.Status.FAILED,
                3,
                Instant.now(),
                "server_error",
                "HTTP 500",
                null,
                List.of("a-" + id),
                3,
                mail);
        writer.write(Topic.NOTIFICATIONS_DELIVERIES, failed.id(), Json.encode(failed));

        await().untilAsserted(() -> {
            JsonNode delivery =
                    api.get("/api/v1/channels/" + id, as(viewer)).json().path("delivery");
            assertThat(delivery.path("state").asText()).isEqualTo("dead");
            assertThat(delivery.path("failures").asInt()).isEqualTo(3);
            assertThat(delivery.path("cause").asText()).isEqualTo("server_error");
            assertThat(delivery.path("fallback").asText()).isEqualTo(mail);
            assertThat(delivery.path("last_sent_at").isNull()).isTrue();
        });
        assertThat(api.get("/api/v1/deliveries?channel_id=" + id, as(operator)).text())
                .contains("\"fallback\":\"" + mail + "\"");
        api.send("DELETE", "/api/v1/channels/" + id, null, as(admin));
        api.send("DELETE", "/api/v1/channels/" + mail, null, as(admin));
    }

    @Test
    void whatWasHeldBackFromAChannelStandsOnTheAlertsTimeline() {
        Alert alert = SampleAlerts.of("held-" + UUID.randomUUID(), AlertStatus.FIRING, null, Instant.now());
        AlertEvent event = AlertEvent.of(AlertTransition.FIRING, alert, 1, null);
        writer.write(Topic.ALERTS_EVENTS, alert.key(), Json.encode(event));
        HeldRecord held = new HeldRecord(event.id(), alert.id(), "phone", "incident", Instant.now(), "relay:r1:1");
        writer.write(Topic.NOTIFICATIONS_HELD, alert.id(), Json.encode(held));
        writer.write(Topic.NOTIFICATIONS_HELD, alert.id(), Json.encode(held));

        await().untilAsserted(() -> assertThat(api.get("/api/v1/alerts/" + alert.id() + "/timeline", as(viewer))
                        .json()
                        .path("timeline"))
                .filteredOn(moment -> moment.path("what").asText().equals("held"))
                .singleElement()
                .satisfies(moment -> {
                    assertThat(moment.path("reason").asText()).isEqualTo("incident");
                    assertThat(moment.path("cause").asText()).isEqualTo("relay:r1:1");
                    assertThat(moment.path("channel_id").asText()).isEqualTo("phone");
                }));
    }

    /** The new delivery's id; empty as long as the failed one is not stored. */
    private String replayed(String path) {
        return api.send("POST", path, null, as(operator))
                .json()
                .path("delivery_id")
                .asText();
    }
}
