package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.story.Story;
import io.peerscope.testkit.webhook.Message;
import io.peerscope.testkit.webhook.RecordingWebhook;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** What nobody is told of: an alert under a silence until that ends, and the comings and goings of one that flaps. */
final class QuietStory {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int LIMIT = 80;
    /** How often the flapping one comes on. */
    private static final int TIMES = 5;

    private final Doors doors;
    private final Story story;

    QuietStory(Doors doors, Story story) {
        this.doors = doors;
        this.story = story;
    }

    void tell() {
        try (RecordingWebhook webhook = RecordingWebhook.start()) {
            isSilenced(webhook);
            flaps(webhook);
        }
    }

    private void isSilenced(RecordingWebhook webhook) {
        String host = "silenced-host";
        String rule = "silenced_story";
        String silence = make(
                        "/api/v1/silences",
                        Map.of(
                                "matchers", Map.of("host", host),
                                "to", Instant.now().plusSeconds(600).toString(),
                                "comment", "maintenance"))
                .at("/id")
                .asText();
        make("/api/v1/channels", channel(rule, webhook));
        make("/api/v1/rules", rule(rule, host, Map.of()));
        try {
            JsonNode alert = story.within(LONG, "it fires", () -> {
                send(host, at(Instant.now(), 95)); // the rule counts for samples that come after it
                return active(host, rule);
            });
            assertThat(alert.path("silenced_by").asText()).isEqualTo(silence);
            String id = alert.path("id").asText();
            story.holdsWithin(LONG, "its timeline says why nobody was told", () -> assertThat(timeline(id))
                    .contains("firing", "held silenced")
                    .noneMatch(line -> line.startsWith("delivery")));
            assertThat(webhook.messages(rule, host)).isEmpty();

            assertThat(doors.operator().delete("/api/v1/silences/" + silence).status())
                    .isEqualTo(204);
            story.within(LONG, "it is told when the silence is over", () -> webhook.first("alert.firing", rule, host));
            send(host, at(Instant.now(), 20));
            story.within(LONG, "and so is its end", () -> webhook.first("alert.resolved", rule, host));
            assertThat(types(webhook, rule, host)).containsExactly("alert.firing", "alert.resolved");
            story.holdsWithin(LONG, "all of it is on record", () -> assertThat(timeline(id))
                    .containsSubsequence("firing", "held silenced", "unsilenced", "resolved")
                    .filteredOn(line -> line.startsWith("delivery"))
                    .isNotEmpty());
        } finally {
            doors.operator().delete("/api/v1/silences/" + silence);
            remove(rule);
        }
    }

    private void flaps(RecordingWebhook webhook) {
        String host = "flapping-host";
        String rule = "flapping_story";
        make(
                "/api/v1/rules",
                rule(rule, host, Map.of("flapping", Map.of("times", 2, "within", "10m", "calm_for", "10s"))));
        make("/api/v1/channels", channel(rule, webhook));
        try {
            Instant begin = Instant.now().minusSeconds(300);
            AtomicInteger sent = new AtomicInteger();
            story.within(LONG, "it fires", () -> {
                send(host, at(begin.plusMillis(sent.incrementAndGet()), 95));
                return active(host, rule);
            });
            Instant next = begin.plusSeconds(4);
            send(
                    host,
                    IntStream.range(1, 2 * TIMES)
                            .mapToObj(turn -> at(next.plusSeconds(4L * turn), turn % 2 == 0 ? 95 : 20))
                            .toArray(Map[]::new));
            story.within(LONG, "it is told that it flaps", () -> webhook.first("alert.flapping", rule, host));
            story.within(LONG, "it is told how it stays", () -> webhook.ofType("alert.resolved", rule, host)
                    .filter(message -> webhook.messages(rule, host).indexOf(message)
                            > types(webhook, rule, host).indexOf("alert.flapping"))
                    .findFirst());
            List<String> types = types(webhook, rule, host);
            assertThat(types.stream().filter("alert.flapping"::equals)).hasSize(1);
            assertThat(types.subList(types.indexOf("alert.flapping") + 1, types.size()))
                    .as("comings and goings are not told")
                    .containsExactly("alert.resolved");
            Answer past = doors.viewer().strong().get("/api/v1/alerts?rule_id=" + rule);
            assertThat(past.at("/total").asInt()).as("but each is on record").isEqualTo(TIMES);
        } finally {
            remove(rule);
        }
    }

    private static Map<String, Object> rule(String id, String host, Map<String, Object> more) {
        Map<String, Object> rule = new LinkedHashMap<>(Map.of(
                "id", id, "metric", "cpu_usage", "where", Map.of("host", host), "operator", ">", "warning", LIMIT));
        rule.putAll(more);
        return rule;
    }

    private static Map<String, Object> channel(String rule, RecordingWebhook webhook) {
        return webhook.channel(rule, Map.of("matchers", Map.of("rule_id", rule), "cooldown_seconds", 0));
    }

    private JsonNode make(String path, Map<String, Object> what) {
        Answer answer = doors.admin().post(path, what);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json();
    }

    private void remove(String id) {
        doors.admin().delete("/api/v1/rules/" + id);
        doors.admin().delete("/api/v1/channels/" + id);
    }

    private static Map<String, Object> at(Instant time, double value) {
        return Map.of("timestamp", time.toEpochMilli(), "fields", Map.of("cpu_usage", value));
    }

    private void send(String host, Map<?, ?>... points) {
        Answer answer = doors.ingest()
                .post(
                        "/api/v1/ingest",
                        Map.of("host", host, "sent_at", System.currentTimeMillis(), "points", List.of(points)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private Optional<JsonNode> active(String host, String rule) {
        Answer answer = doors.viewer().strong().get("/api/v1/alerts/active?host=" + host);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return StreamSupport.stream(answer.at("/alerts").spliterator(), false)
                .filter(alert -> alert.path("rule_id").asText().equals(rule))
                .findFirst();
    }

    private List<String> timeline(String id) {
        Answer answer = doors.viewer().strong().get("/api/v1/alerts/" + id + "/timeline");
        return StreamSupport.stream(answer.at("/timeline").spliterator(), false)
                .map(moment -> (moment.path("what").asText() + " "
                                + moment.path("reason").asText(""))
                        .strip())
                .toList();
    }

    private static List<String> types(RecordingWebhook webhook, String rule, String host) {
        return webhook.messages(rule, host).stream().map(Message::type).toList();
    }
}
