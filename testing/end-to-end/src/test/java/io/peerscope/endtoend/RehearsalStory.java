package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.story.SteadyHost;
import io.peerscope.testkit.story.Story;
import io.peerscope.testkit.webhook.Message;
import io.peerscope.testkit.webhook.RecordingWebhook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A rule runs live, and is then tried on the same stretch of the past: what it would have done is what it did. */
final class RehearsalStory {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final String HOST = "rehearsed-host";
    private static final String RULE = "rehearsed_story";
    private static final int COOLDOWN = 8;
    /** Values, and for how many reports each lasts; the second trouble falls into the cooldown of the first. */
    private static final List<int[]> SCRIPT =
            List.of(new int[] {85, 5}, new int[] {20, 5}, new int[] {85, 3}, new int[] {97, 3}, new int[] {20, 24});

    private final Doors doors;
    private final Story story;

    RehearsalStory(Doors doors, Story story) {
        this.doors = doors;
        this.story = story;
    }

    /** A transition, as far as it is the same whoever made it. */
    private record Turn(String alert, String what, Instant at, String severity, double value, String summary) {}

    /** @param alerts of which it speaks */
    private record Told(String type, List<String> alerts) {}

    void tell() {
        try (RecordingWebhook webhook = RecordingWebhook.start()) {
            made(doors.admin().post("/api/v1/channels", channel(webhook, COOLDOWN)), 201);
            made(doors.admin().post("/api/v1/rules", rule()), 201);
            Instant begin = Instant.now();
            unfolds();
            Instant end = Instant.now();

            JsonNode tried = tried(begin, end);
            List<Turn> turns = turnsOf(tried);
            assertThat(turns)
                    .extracting(Turn::what)
                    .containsExactly(
                            "pending", "firing", "resolved", "pending", "firing", "severity_changed", "resolved");
            story.holdsWithin(LONG, "what the rule would have done is what it did", () -> assertThat(lived())
                    .isEqualTo(turns));
            List<Told> messages = messagesOf(tried);
            story.holdsWithin(LONG, "what would have been told is what was told", () -> assertThat(told(webhook))
                    .isEqualTo(messages));

            made(doors.admin().put("/api/v1/channels/" + RULE, channel(webhook, 0)), 200);
            JsonNode eager = tried(begin, end);
            assertThat(turnsOf(eager))
                    .as("the cooldown is no business of the rule")
                    .isEqualTo(turns);
            assertThat(messagesOf(eager))
                    .as("without a cooldown each transition is told by itself")
                    .isNotEqualTo(messages)
                    .extracting(Told::type)
                    .containsExactly(
                            "alert.firing",
                            "alert.resolved",
                            "alert.firing",
                            "alert.severity_changed",
                            "alert.resolved");
            story.tell("with a cooldown: %s", messages);
        } finally {
            doors.admin().delete("/api/v1/rules/" + RULE);
            doors.admin().delete("/api/v1/channels/" + RULE);
        }
    }

    private static Map<String, Object> rule() {
        return Map.of(
                "id",
                RULE,
                "metric",
                "cpu_usage",
                "where",
                Map.of("host", HOST),
                "operator",
                ">",
                "warning",
                80,
                "critical",
                95,
                "duration",
                1,
                "summary",
                "{{host}} at {{value}} %");
    }

    private static Map<String, Object> channel(RecordingWebhook webhook, int cooldown) {
        return webhook.channel(RULE, Map.of("matchers", Map.of("rule_id", RULE), "cooldown_seconds", cooldown));
    }

    private static void made(Answer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    }

    private void unfolds() {
        try (SteadyHost host = SteadyHost.start(doors.ingest(), HOST, EVERY, Map.of("cpu_usage", 20.0))) {
            reports(host, 10);
            for (int[] part : SCRIPT) {
                host.set("cpu_usage", part[0]);
                reports(host, part[1]);
            }
        }
        story.tell("its hour is over");
    }

    private void reports(SteadyHost host, int more) {
        long wanted = host.reports() + more;
        story.holdsWithin(
                LONG, more + " reports", () -> assertThat(host.reports()).isGreaterThanOrEqualTo(wanted));
    }

    private JsonNode tried(Instant from, Instant to) {
        Answer answer = doors.operator()
                .strong()
                .post("/api/v1/rules/what-if", Map.of("rule", rule(), "from", from.toString(), "to", to.toString()));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static List<Turn> turnsOf(JsonNode tried) {
        return StreamSupport.stream(tried.path("transitions").spliterator(), false)
                .map(event -> turn(
                        event.path("data"),
                        event.path("type").asText().replaceFirst(".*\\.", ""),
                        event.path("time").asText()))
                .toList();
    }

    private static Turn turn(JsonNode alert, String what, String at) {
        return new Turn(
                alert.path("id").asText(),
                what,
                Instant.parse(at),
                alert.path("severity").asText(),
                alert.path("value").asDouble(),
                alert.path("summary").asText());
    }

    /** From the timelines of its alerts. */
    private List<Turn> lived() {
        List<Turn> turns = new ArrayList<>();
        Answer alerts = doors.viewer().strong().get("/api/v1/alerts?rule_id=" + RULE);
        for (JsonNode alert : alerts.at("/alerts")) {
            String timeline = "/api/v1/alerts/" + alert.path("id").asText() + "/timeline";
            for (JsonNode moment : doors.viewer().strong().get(timeline).at("/timeline")) {
                if (moment.path("alert").isObject() && moment.path("delivery").isNull()) {
                    turns.add(turn(
                            moment.path("alert"),
                            moment.path("what").asText(),
                            moment.path("at").asText()));
                }
            }
        }
        turns.sort(Comparator.comparing(Turn::at));
        return turns;
    }

    private static List<Told> messagesOf(JsonNode tried) {
        return StreamSupport.stream(tried.path("messages").spliterator(), false)
                .filter(message -> message.path("channel").asText().equals(RULE))
                .map(message -> new Told(
                        message.path("type").asText(), message.path("alerts").findValuesAsText("id")))
                .toList();
    }

    private static List<Told> told(RecordingWebhook webhook) {
        return webhook.messages().stream().map(RehearsalStory::told).toList();
    }

    private static Told told(Message message) {
        return new Told(
                message.type(),
                message.alerts().stream()
                        .map(alert -> alert.path("id").asText())
                        .toList());
    }
}
