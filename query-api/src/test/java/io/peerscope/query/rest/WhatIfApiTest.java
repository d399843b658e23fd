package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.topic.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rules tried on the past. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class WhatIfApiTest extends RunningApi {
    private final String host = "h-" + UUID.randomUUID();
    private final long begin = Instant.now().toEpochMilli() / 1000 * 1000 - 600_000;

    /** Every 5 s for 5 minutes; 95 from the second minute to the third. */
    private void send() {
        Subject subject = new Subject(host, "host", Labels.none());
        List<Point> points = new ArrayList<>();
        for (int second = 0; second < 300; second += 5) {
            double cpu = second >= 60 && second < 180 ? 95 : 20;
            points.add(Point.of(subject, begin + second * 1_000L, Map.of("cpu_usage", cpu)));
        }
        writer.write(
                Topic.METRICS_POINTS,
                host,
                PointBatchCodec.encode(new PointBatch(host, "", 0, begin + 300_000, "r", 0, false, points)));
    }

    private Api.Answer tried(String rule) {
        return api.send(
                "POST",
                "/api/v1/rules/what-if",
                "{\"rule\":{\"where\":{\"host\":\"%s\"},%s},\"from\":%d,\"to\":%d}"
                        .formatted(host, rule, begin, begin + 300_000),
                as(operator, "X-Read-Consistency", "strong"));
    }

    /** Of a host that is minutes old nothing is expected, and nothing is told. */
    @Test
    void aRuleThatDetectsSaysNothingOfAYoungHost() {
        send();
        Api.Answer answer = tried("\"id\":\"odd\",\"metric\":\"cpu_usage\",\"detect\":\"anomaly\",\"warning\":5");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("points").asInt()).isPositive();
        assertThat(told(answer)).isEmpty();
    }

    @Test
    void aRuleIsTriedBeforeItPagesAnyone() {
        send();
        Api.Answer answer =
                tried("\"id\":\"cpu_usage\",\"warning\":80,\"critical\":90,\"duration\":30,\"enabled\":false");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(told(answer)).containsExactly("pending 60 critical", "firing 90 critical", "resolved 180 critical");
        assertThat(answer.json().path("points").asInt()).isEqualTo(60);
        JsonNode fired = answer.json().path("transitions").get(1);
        assertThat(fired.path("data").path("value").asDouble()).isEqualTo(95);
        assertThat(fired.path("data").path("started_at").asText())
                .isEqualTo(Instant.ofEpochMilli(begin + 60_000).toString());
    }

    @Test
    void itSaysWhatEachChannelWouldHaveBeenSent() {
        send();
        String channel = "ops-" + UUID.randomUUID();
        api.send(
                "POST",
                "/api/v1/channels",
                "{\"id\":\"%s\",\"type\":\"webhook\",\"url\":\"https://hooks.example.org/x\",\"secret\":\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"}"
                        .formatted(channel),
                as(admin));
        String rule = "cpu-" + UUID.randomUUID();
        String tried = "\"id\":\"%s\",\"metric\":\"cpu_usage\",\"high\":80".formatted(rule);
        Api.Answer answer = tried(tried);
        assertThat(sent(answer, channel))
                .as(answer.text())
                .containsExactly("alert.firing " + host, "alert.resolved " + host);

        String cause = "down-" + UUID.randomUUID();
        api.send(
                "POST",
                "/api/v1/inhibitions",
                "{\"id\":\"%s\",\"source_matchers\":{\"rule_id\":\"%s\"},\"target_matchers\":{\"rule_id\":\"%s\"},\"equal\":[\"host\"]}"
                        .formatted(cause, cause, rule),
                as(admin));
        wasOn(cause);
        await().untilAsserted(() -> assertThat(sent(tried(tried), channel))
                .as("an alert of another rule was on then")
                .isEmpty());
        api.send("DELETE", "/api/v1/inhibitions/" + cause, null, as(admin));
        api.send("DELETE", "/api/v1/channels/" + channel, null, as(admin));
    }

    private List<String> sent(Api.Answer answer, String channel) {
        List<String> sent = new ArrayList<>();
        for (JsonNode message : answer.json().path("messages")) {
            if (message.path("channel").asText().equals(channel)) {
                sent.add(message.path("type").asText() + " "
                        + message.path("alerts").get(0).path("host").asText());
            }
        }
        return sent;
    }

    /** On this host, all the time. */
    private void wasOn(String rule) {
        Alert alert = SampleAlerts.of(host, AlertStatus.FIRING, null, Instant.ofEpochMilli(begin));
        ObjectNode fields = Json.mapper().valueToTree(alert);
        Alert ofRule = Json.decode(
                Json.encode(fields.put("rule_id", rule).put("id", rule).put("severity", "critical")), Alert.class);
        writer.write(
                Topic.ALERTS_EVENTS, ofRule.key(), Json.encode(AlertEvent.of(AlertTransition.FIRING, ofRule, 1, null)));
    }

    @Test
    void windowsBeginFull() {
        send();
        Api.Answer whole =
                tried("\"id\":\"w\",\"metric\":\"cpu_usage\",\"over\":\"2m\",\"aggregate\":\"avg\",\"warning\":75");
        assertThat(told(whole)).containsExactly("firing 145 warning", "resolved 210 warning");
        Api.Answer later = api.send(
                "POST",
                "/api/v1/rules/what-if",
                "rule: {id: w, metric: cpu_usage, over: 2m, aggregate: avg, warning: 75, where: {host: %s}}\nfrom: %d\nto: %d\n"
                        .formatted(host, begin + 200_000, begin + 300_000),
                as(admin, "Content-Type", "application/yaml"));
        assertThat(told(later)).containsExactly("firing 200 warning", "resolved 210 warning");
    }

    @Test
    void wordsAndGroupsAreTriedToo() {
        List<Point> points = new ArrayList<>();
        for (int second = 0; second < 300; second += 5) {
            for (int peer = 0; peer < 4; peer++) {
                String path = second >= 60 && second < 180 && peer < 2 ? "relay" : "direct";
                points.add(Point.of(
                        new Subject(host, "connection", Labels.of(Map.of("peer", "p" + peer, "path", path))),
                        begin + second * 1_000L,
                        Map.of(),
                        Map.of("connection_type", path)));
            }
        }
        writer.write(
                Topic.METRICS_POINTS,
                host,
                PointBatchCodec.encode(new PointBatch(host, "", 0, begin + 300_000, "r", 0, false, points)));
        assertThat(told(tried("\"id\":\"w\",\"kind\":\"connection\",\"state\":\"connection_type\",\"high\":\"relay\"")))
                .filteredOn(line -> line.startsWith("firing"))
                .containsExactly("firing 60 high", "firing 60 high");
        assertThat(told(tried(
                        "\"id\":\"g\",\"kind\":\"connection\",\"group\":{\"when\":{\"label\":\"path\",\"is\":\"relay\"},"
                                + "\"min_subjects\":4},\"operator\":\">=\",\"warning\":0.5")))
                .containsExactly("firing 60 warning", "resolved 180 warning");
    }

    private List<String> told(Api.Answer answer) {
        List<String> told = new ArrayList<>();
        for (JsonNode event : answer.json().path("transitions")) {
            String type = event.path("type").asText();
            long at = Instant.parse(event.path("time").asText()).toEpochMilli() - begin;
            told.add(type.substring(type.lastIndexOf('.') + 1) + " " + at / 1_000 + " "
                    + event.path("data").path("severity").asText());
        }
        return told;
    }

    @Test
    void whatCannotBeTriedIsRefused() {
        assertWrong(tried("\"id\":\"x\",\"critical\":1"), "rule_invalid", "metric");
        assertWrong(post("{\"rule\":{},\"until\":1}", operator), "unknown_field", "until");
        assertWrong(post("{}", operator), "missing_field", "rule");
        assertWrong(post("{\"rule\":{},\"from\":\"yesterday\"}", operator), "bad_timestamp", "from");
        assertWrong(post("{\"rule\":{},\"from\":5,\"to\":4}", operator), "bad_parameter", "from");
        assertThat(post("{\"rule\":{\"id\":\"cpu_usage\",\"warning\":1},\"from\":5}", operator)
                        .code())
                .isEqualTo("range_too_wide");
        assertThat(post("{}", viewer).status()).isEqualTo(403);
    }

    private Api.Answer post(String body, String token) {
        return api.send("POST", "/api/v1/rules/what-if", body, as(token));
    }
}
