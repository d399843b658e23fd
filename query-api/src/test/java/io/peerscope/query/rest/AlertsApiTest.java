package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.RecordLoop;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Alerts and what people do to them. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class AlertsApiTest extends RunningApi {
    /** Stands in for alert-service: does what commands ask. */
    private RecordLoop obedient() {
        Map<String, Alert> alerts = new ConcurrentHashMap<>();
        return new RecordLoop(
                clients, "test-alert-service", List.of(Topic.ALERTS_COMMANDS), RecordLoop.From.END, row -> {
                    AlertCommand command = Json.decode(row.value(), AlertCommand.class);
                    boolean resolve = command.action() == AlertCommand.Action.RESOLVE;
                    Alert after = SampleAlerts.after(alerts.get(row.key()), row.key(), command);
                    alerts.put(row.key(), after);
                    AlertEvent event =
                            switch (command.action()) {
                                case RESOLVE -> AlertEvent.of(AlertTransition.RESOLVED, after, 3, "by_hand");
                                case OPEN -> AlertEvent.of(AlertTransition.REOPENED, after, 4, null);
                                case ACKNOWLEDGE, ASSIGN -> AlertEvent.of(AlertTransition.ACKNOWLEDGED, after, 2, null);
                            };
                    writer.write(Topic.ALERTS_EVENTS, after.key(), Json.encode(event));
                    writer.write(Topic.ALERTS_ACTIVE, after.key(), resolve ? null : Json.encode(after));
                });
    }

    @Test
    void anAlertIsAcknowledgedAndResolvedAndItsStoryIsTold() {
        String host = "alerting-" + UUID.randomUUID();
        Alert firing =
                SampleAlerts.of(host, AlertStatus.FIRING, null, Instant.now().minusSeconds(60));
        writer.write(
                Topic.ALERTS_EVENTS, firing.key(), Json.encode(AlertEvent.of(AlertTransition.FIRING, firing, 1, null)));
        writer.write(Topic.ALERTS_ACTIVE, firing.key(), Json.encode(firing));
        String path = "/api/v1/alerts/" + firing.id();
        await().untilAsserted(
                        () -> assertThat(api.get("/api/v1/alerts/active?severity=critical&host=" + host, as(viewer))
                                        .json()
                                        .path("total")
                                        .asInt())
                                .isEqualTo(1));

        try (RecordLoop service = obedient().start()) {
            await().until(service::caughtUp);
            Api.Answer acknowledged = api.send("PATCH", path, "{\"status\":\"acknowledged\"}", as(operator));
            assertThat(acknowledged.status()).isEqualTo(200);
            assertThat(acknowledged.json().path("acknowledged_by").asText()).isEqualTo("operator");

            assertThat(api.send("PATCH", path, "{\"status\":\"nonsense\"}", as(operator))
                            .status())
                    .isEqualTo(400);
            assertThat(api.send("PATCH", path, "{\"severity\":\"info\"}", as(operator))
                            .code())
                    .isEqualTo("unknown_field");
            assertThat(api.send("PATCH", "/api/v1/alerts/none", "{\"status\":\"open\"}", as(operator))
                            .status())
                    .isEqualTo(404);

            Api.Answer resolved = api.send("PATCH", path, "{\"status\":\"resolved\"}", as(admin));
            assertThat(resolved.json().path("status").asText()).isEqualTo("resolved");
            assertThat(api.send("PATCH", path, "{\"status\":\"acknowledged\"}", as(viewer))
                            .status())
                    .isEqualTo(403);
        }
        await().untilAsserted(() -> {
            JsonNode timeline = api.get(path + "/timeline", as(viewer)).json().path("timeline");
            assertThat(timeline)
                    .extracting(moment -> moment.path("what").asText())
                    .containsExactly("firing", "acknowledged", "resolved");
        });
        assertThat(api.get("/api/v1/alerts?host=" + host, as(viewer))
                        .json()
                        .path("alerts")
                        .get(0)
                        .path("status")
                        .asText())
                .isEqualTo("resolved");
        assertThat(api.get("/api/v1/audit?object=" + firing.id(), as(admin))
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void whatWasResolvedByHandIsReopened() {
        Alert firing = SampleAlerts.of("reopened-" + UUID.randomUUID(), AlertStatus.FIRING, null, Instant.now());
        writer.write(Topic.ALERTS_ACTIVE, firing.key(), Json.encode(firing));
        String path = "/api/v1/alerts/" + firing.id();
        await().until(() -> api.get(path, as(viewer)).status() == 200);
        try (RecordLoop service = obedient().start()) {
            await().until(service::caughtUp);
            api.send("PATCH", path, "{\"status\":\"resolved\"}", as(operator));
            assertThat(api.send("PATCH", path, "{\"status\":\"acknowledged\"}", as(operator))
                            .status())
                    .as("what is over cannot be acknowledged")
                    .isEqualTo(409);
            Api.Answer reopened = api.send("PATCH", path, "{\"status\":\"open\"}", as(operator));
            assertThat(reopened.status()).as(reopened.text()).isEqualTo(200);
            assertThat(reopened.json().path("status").asText()).isEqualTo("firing");
            assertThat(reopened.json().path("resolved_at").isNull()).isTrue();
        }
    }

    @Test
    void notesAndAssigneeCanBeSetAndTakenAwayWithoutAStatus() {
        Alert firing = SampleAlerts.of("marked-" + UUID.randomUUID(), AlertStatus.FIRING, null, Instant.now());
        writer.write(Topic.ALERTS_ACTIVE, firing.key(), Json.encode(firing));
        String path = "/api/v1/alerts/" + firing.id();
        await().until(() -> api.get(path, as(viewer)).status() == 200);

        try (RecordLoop service = obedient().start()) {
            await().until(service::caughtUp);
            Api.Answer noted = api.send("PATCH", path, "{\"resolution_notes\":\"fan is dusty\"}", as(operator));
            assertThat(noted.status()).as(noted.text()).isEqualTo(200);
            assertThat(noted.json().path("resolution_notes").asText()).isEqualTo("fan is dusty");
            assertThat(noted.json().path("status").asText()).isEqualTo("firing");

            Api.Answer assigned = api.send("PATCH", path, "{\"assignee\":\"bob\"}", as(operator));
            assertThat(assigned.json().path("assignee").asText()).isEqualTo("bob");
            assertThat(assigned.json().path("resolution_notes").asText()).isEqualTo("fan is dusty");

            Api.Answer nobody = api.send("PATCH", path, "{\"assignee\":null}", as(operator));
            assertThat(nobody.status()).as(nobody.text()).isEqualTo(200);
            assertThat(nobody.json().path("assignee").isNull()).isTrue();

            Api.Answer opened = api.send("PATCH", path, "{\"status\":\"open\",\"assignee\":\"eve\"}", as(operator));
            assertThat(opened.json().path("assignee").asText()).isEqualTo("eve");
        }
        assertWrong(api.send("PATCH", path, "{}", as(operator)), "bad_parameter", "status");
        assertWrong(api.send("PATCH", path, "{\"assignee\":7}", as(operator)), "bad_parameter", "assignee");
        assertWrong(api.send("PATCH", path, "{\"status\":\"done\"}", as(operator)), "bad_parameter", "status");
        assertWrong(api.send("PATCH", path, "{\"note\":\"x\"}", as(operator)), "unknown_field", "note");
        assertThat(api.send("PATCH", path, "[]", as(operator)).code()).isEqualTo("malformed");
    }

    @Test
    void wordsOfFiltersAreCheckedAndMayBeSeveral() {
        Api.Answer resolved = api.get("/api/v1/alerts/active?status=resolved", as(viewer));
        assertWrong(resolved, "bad_parameter", "status");
        assertThat(resolved.text()).contains("pending, firing, no_data");
        assertWrong("/api/v1/alerts?severity=hihg", "bad_parameter", "severity");
        assertThat(api.get(
                                "/api/v1/alerts?severity=high,critical&status=firing&status=resolved&rule_id=a,b&host=c",
                                as(viewer))
                        .status())
                .isEqualTo(200);
        assertThat(api.get("/api/v1/deliveries?status=sent,failed&channel_id=a,b", as(operator))
                        .status())
                .isEqualTo(200);
    }

    /** As many as no page shows at once; the same answers from memory and, of the past, from the database. */
    @Test
    void alertsAreFoundByPartsOfNamesAndComeInPages() {
        String group = "found" + UUID.randomUUID().toString().substring(0, 8);
        for (int i = 0; i < 3; i++) {
            Alert alert = SampleAlerts.of(group + "_%x-0" + i, AlertStatus.FIRING, null, Instant.now());
            writer.write(
                    Topic.ALERTS_EVENTS,
                    alert.key(),
                    Json.encode(AlertEvent.of(AlertTransition.FIRING, alert, 1, null)));
            writer.write(Topic.ALERTS_ACTIVE, alert.key(), Json.encode(alert));
        }
        for (String path : List.of("/api/v1/alerts/active", "/api/v1/alerts")) {
            String all = path + "?page_size=2&q=" + group.substring(0, 11).toUpperCase(Locale.ROOT);
            await(path).untilAsserted(() -> assertThat(found(all)).isEqualTo(3));
            assertThat(api.get(all, as(viewer)).json().path("alerts")).hasSize(2);
            assertThat(api.get(all + "&page=2", as(viewer)).json().path("alerts"))
                    .hasSize(1);
            assertThat(found(path + "?q=cpu+" + group + "_%25x-01")).isEqualTo(1);
            assertThat(found(path + "?q=" + group + "_x")).isZero();
            assertThat(found(path + "?q=" + group + "&severity=critical,high")).isEqualTo(3);
            assertThat(found(path + "?q=" + group + "&severity=warning")).isZero();
            assertThat(found(path + "?q=" + group + "%20elsewhere")).isZero();
        }
        assertWrong("/api/v1/alerts/active?page=0", "bad_parameter", "page");
    }

    private int found(String path) {
        return api.get(path, as(viewer)).json().path("total").asInt(-1);
    }
}
