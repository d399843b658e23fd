package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.story.Story;
import io.peerscope.testkit.webhook.Message;
import io.peerscope.testkit.webhook.RecordingWebhook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** Hosts that get too hot and cool down, each once, whatever is done meanwhile; and what a webhook was told of it. */
final class Episodes {
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(120);
    private static final String RULE = "soak";

    private final Story story;
    private final Supplier<Api> fleet;
    private final RecordingWebhook webhook;

    private Episodes(Story story, Supplier<Api> fleet, RecordingWebhook webhook) {
        this.story = story;
        this.fleet = fleet;
        this.webhook = webhook;
    }

    /** Makes the rule and the channel of the webhook. */
    static Episodes watched(Story story, Supplier<Api> fleet, Api admin, RecordingWebhook webhook) {
        Answer rule = admin.post(
                "/api/v1/rules",
                Map.of("id", RULE, "metric", "soak_heat", "operator", ">", "critical", 80, "no_data", "keep"));
        assertThat(rule.status()).as(rule.toString()).isEqualTo(201);
        Answer channel = admin.post(
                "/api/v1/channels",
                webhook.channel(
                        RULE,
                        Map.of("matchers", Map.of("rule_id", RULE), "cooldown_seconds", 0, "max_per_minute", 600)));
        assertThat(channel.status()).as(channel.toString()).isEqualTo(201);
        return new Episodes(story, fleet, webhook);
    }

    void begin(String host) {
        heat(host, 95);
    }

    void end(String host) {
        heat(host, 20);
    }

    /** Sent again under the same name until it is acknowledged, as every sender does. */
    private void heat(String host, double degrees) {
        Map<String, Object> batch = Map.of(
                "host",
                host,
                "batch",
                host + "/" + degrees,
                "points",
                List.of(Map.of("timestamp", System.currentTimeMillis(), "fields", Map.of("soak_heat", degrees))));
        story.holdsWithin(TAKEN_WITHIN, host + " reports " + degrees, () -> assertThat(
                        fleet.get().post("/api/v1/ingest", batch).status())
                .isEqualTo(200));
    }

    void eachWasToldOnce(Api viewer, List<String> hosts, Duration limit) {
        for (String host : hosts) {
            story.holdsWithin(limit, host + " was told of", () -> {
                assertThat(ids("alert.firing", host)).hasSize(1);
                assertThat(ids("alert.resolved", host)).hasSize(1);
                Answer past = viewer.strong().get("/api/v1/alerts?rule_id=" + RULE + "&host=" + host);
                List<String> status = StreamSupport.stream(past.at("/alerts").spliterator(), false)
                        .map((JsonNode alert) -> alert.path("status").asText())
                        .toList();
                assertThat(status).as(past.toString()).containsExactly("resolved");
            });
        }
    }

    /** A message can come twice, and has the same id then. */
    private List<String> ids(String type, String host) {
        return webhook.ofType(type, RULE, host).map(Message::id).distinct().toList();
    }
}
