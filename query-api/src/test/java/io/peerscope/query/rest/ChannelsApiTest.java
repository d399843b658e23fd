package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.live.MapLive;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.HeldRecord;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.RecordLoop;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        String body = "{\"id\":\"%s\",\"type\":\"webhook\",\"url\":\"https://192.0.2.1/hook\",\"fallback\":\"mail\"}";
        Api.Answer made = api.send("POST", "/api/v1/channels", body.formatted(id), as(admin));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("fallback").asText()).isEqualTo("mail");
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
                "mail");
        writer.write(Topic.NOTIFICATIONS_DELIVERIES, failed.id(), Json.encode(failed));

        await().untilAsserted(() -> {
            JsonNode delivery =
                    api.get("/api/v1/channels/" + id, as(viewer)).json().path("delivery");
            assertThat(delivery.path("state").asText()).isEqualTo("dead");
            assertThat(delivery.path("failures").asInt()).isEqualTo(3);
            assertThat(delivery.path("cause").asText()).isEqualTo("server_error");
            assertThat(delivery.path("fallback").asText()).isEqualTo("mail");
            assertThat(delivery.path("last_sent_at").isNull()).isTrue();
        });
        assertThat(api.get("/api/v1/deliveries?channel_id=" + id, as(operator)).text())
                .contains("\"fallback\":\"mail\"");
        api.send("DELETE", "/api/v1/channels/" + id, null, as(admin));
    }

    @Test
    void turnsQuietHoursAndActionsAreReadBackAsTheyWereWritten() {
        String id = "act-" + UUID.randomUUID();
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        Api.Answer made = api.send("POST", "/api/v1/channels", """
                {"id":"%s","type":"action","url":"https://192.0.2.1/hook","secret":"%s","repeat_seconds":3600,
                 "group_by":["rule_id"],"group_wait_seconds":30,"escalate_after_seconds":600,
                 "quiet_hours":[{"time_zone":"Europe/Berlin","weekdays":["saturday"],"from":"22:00","to":"07:00"}],
                 "action":{"name":"failover","min_network_health":60}}""".formatted(id, secret), as(admin));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        JsonNode channel = made.json();
        assertThat(channel.path("action").path("dry_run").asBoolean())
                .as("dry run by default")
                .isTrue();
        assertThat(channel.path("action").path("min_network_health").asInt()).isEqualTo(60);
        assertThat(channel.path("min_severity").asText()).isEqualTo("critical");
        assertThat(channel.path("send_resolved").asBoolean()).isFalse();
        assertThat(channel.path("repeat_seconds").asInt()).isEqualTo(3600);
        assertThat(channel.path("escalate_after_seconds").asInt()).isEqualTo(600);
        assertThat(channel.at("/quiet_hours/0/weekdays/0").asText()).isEqualTo("saturday");
        assertThat(channel.at("/quiet_hours/0/from").asText()).isEqualTo("22:00");
        Api.Answer again = api.send("PUT", "/api/v1/channels/" + id, made.text(), as(admin));
        assertThat(again.json()).as("what was read can be sent back").isEqualTo(channel);
        api.send("DELETE", "/api/v1/channels/" + id, null, as(admin));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"type\":\"action\",\"secret\":null; secret",
                "\"type\":\"action\",\"action\":{\"name\":\"Rm -rf\"}; action.name",
                "\"type\":\"webhook\",\"repeat_seconds\":5; repeat_seconds",
                "\"type\":\"webhook\",\"recipients\":[\"a@b.c\"]; recipients",
                "\"type\":\"webhook\",\"action\":{\"name\":\"failover\"}; action",
                "\"type\":\"webhook\",\"fallback\":\"wrong\"; fallback",
                "\"type\":\"webhook\",\"quiet_hours\":[{\"from\":\"25:00\",\"to\":\"07:00\"}]; quiet_hours[0].from",
                "\"type\":\"webhook\",\"quiet_hours\":[{\"from\":\"22:00\",\"to\":\"07:00\",\"weekdays\":[\"someday\"]}];"
                        + " quiet_hours[0].weekdays"
            })
    void whatIsWrongIsNamed(String fields, String field) {
        Api.Answer refused = api.send(
                "POST",
                "/api/v1/channels",
                "{\"id\":\"wrong\",\"url\":\"https://192.0.2.1/hook\",%s}".formatted(fields),
                as(admin));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .contains(field);
    }

    @Test
    void anInhibitionIsMadeReadReplacedAndRemoved() {
        String path = "/api/v1/inhibitions";
        String body = "{\"id\":\"host_down\",\"source_matchers\":{\"rule_id\":\"host_silent\"},"
                + "\"target_matchers\":{\"host\":\"*\"},\"equal\":[\"host\"]}";
        assertThat(api.send("POST", path, body, as(admin)).status()).isEqualTo(201);
        assertThat(api.send("POST", path, body, as(admin)).code()).isEqualTo("conflict");
        assertThat(api.get(path, as(viewer)).json().path("inhibitions")).hasSize(1);
        Api.Answer replaced =
                api.send("PUT", path + "/host_down", body.replace("[\"host\"]", "[\"region\"]"), as(admin));
        assertThat(replaced.json().at("/equal/0").asText()).isEqualTo("region");
        assertWrong(
                api.send("POST", path, "{\"id\":\"x\",\"target_matchers\":{\"host\":\"*\"}}", as(admin)),
                "bad_parameter",
                "source_matchers");
        assertThat(api.send("DELETE", path + "/host_down", null, as(admin)).status())
                .isEqualTo(204);
        assertThat(api.get(path + "/host_down", as(viewer)).status()).isEqualTo(404);
    }

    @Test
    void whatWasHeldBackFromAChannelStandsOnTheAlertsTimeline() {
        Alert alert = SampleAlerts.of("held-" + UUID.randomUUID(), AlertStatus.FIRING, null, Instant.now());
        AlertEvent event = AlertEvent.of(AlertTransition.FIRING, alert, 1, null);
        writer.write(Topic.ALERTS_EVENTS, alert.key(), Json.encode(event));
        HeldRecord held = new HeldRecord(event.id(), alert.id(), "phone", "quiet_hours", Instant.now());
        writer.write(Topic.NOTIFICATIONS_HELD, alert.id(), Json.encode(held));
        writer.write(Topic.NOTIFICATIONS_HELD, alert.id(), Json.encode(held));

        await().untilAsserted(() -> assertThat(api.get("/api/v1/alerts/" + alert.id() + "/timeline", as(viewer))
                        .json()
                        .path("timeline"))
                .filteredOn(moment -> moment.path("what").asText().equals("held"))
                .singleElement()
                .satisfies(moment -> {
                    assertThat(moment.path("reason").asText()).isEqualTo("quiet_hours");
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
                List.of("HTTPS://192.0.2.1/hook", "https://bücher.invalid/hook", "https://my_host.invalid:8443/hook")) {
            String id = "hook-" + UUID.randomUUID();
            Api.Answer created = api.send(
                    "POST",
                    "/api/v1/channels",
                    "{\"id\":\"%s\",\"type\":\"webhook\",\"url\":\"%s\"}".formatted(id, url),
                    as(admin));
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            api.send("DELETE", "/api/v1/channels/" + id, null, as(admin));
        }
        for (String url : List.of(
                "http://[::ffff:10.0.0.1]/",
                "http://198.18.0.1/",
                "ftp://example.org/",
                "http://192.0.2.1/hook",
                "http://hook.invalid/",
                "https://192.0.2.1:22/")) {
            assertRefused("\"type\":\"webhook\",\"url\":\"" + url + "\"", "bad_parameter", "url");
        }
        assertRefused("\"type\":\"discord\",\"url\":\"https://discord.com.evil.invalid/x\"", "bad_parameter", "url");
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
