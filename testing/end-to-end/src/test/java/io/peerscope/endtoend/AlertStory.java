package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.MonitorClient;
import io.peerscope.testkit.story.SteadyHost;
import io.peerscope.testkit.story.Story;
import io.peerscope.testkit.webhook.Message;
import io.peerscope.testkit.webhook.RecordingWebhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A host gets hot, hotter, and cools down; who is told what, when, and how often. */
final class AlertStory {
    private static final Duration DURATION = Duration.ofSeconds(3);
    private static final Duration REPORTS_EVERY = Duration.ofMillis(500);
    /**
     * From the end of the rule's duration to the webhook. Never early, and not lost for long: the promise is a second, and
     * the load run measures it; here the machine may be building something else.
     */
    private static final Duration LATEST = Duration.ofSeconds(10);

    private static final Duration LONG = Duration.ofSeconds(15);
    private static final String SECRET = "whsec_c3RvcmllcyBhcmUgc2lnbmVkIHdpdGggdGhpcyBrZXk=";

    private final Doors doors;
    private final Story story;
    private final String host;
    private final String rule;

    AlertStory(Doors doors, Story story, String host) {
        this.doors = doors;
        this.story = story;
        this.host = host;
        this.rule = "hot_" + host.replace('-', '_');
    }

    void tell() {
        try (RecordingWebhook webhook = RecordingWebhook.start();
                MonitorClient monitor = doors.monitor();
                SteadyHost steady = SteadyHost.start(doors.ingest(), host, REPORTS_EVERY, Map.of("cpu_usage", 20.0))) {
            prepare(webhook);
            // The rule counts once the host has been judged by it; a rule needs no restart and little time.
            story.holdsWithin(
                    LONG, "the host reports", () -> assertThat(steady.reports()).isGreaterThan(4));
            steady.set("cpu_usage", 85);
            String id = fires(webhook, monitor);
            isAcknowledged(monitor, id);
            steady.set("cpu_usage", 97);
            escalates(webhook, id);
            steady.set("cpu_usage", 20);
            resolves(webhook, monitor, id);
            isNotRepeated(webhook);
            steady.set("cpu_usage", 85);
            endsWithItsRule();
        } finally {
            doors.admin().delete("/api/v1/rules/" + rule);
            doors.admin().delete("/api/v1/channels/" + rule);
        }
    }

    private void prepare(RecordingWebhook webhook) {
        Answer ruleMade = doors.admin()
                .post(
                        "/api/v1/rules",
                        Map.of(
                                "id",
                                rule,
                                "metric",
                                "cpu_usage",
                                "operator",
                                ">",
                                "warning",
                                80,
                                "critical",
                                95,
                                "duration",
                                DURATION.toSeconds(),
                                "summary",
                                "{{host}}: CPU at {{value}} %"));
        assertThat(ruleMade.status()).as(ruleMade.toString()).isEqualTo(201);
        Answer channelMade = doors.admin()
                .post(
                        "/api/v1/channels",
                        webhook.channel(
                                rule, Map.of("secret", SECRET, "matchers", Map.of("rule_id", rule, "host", host))));
        assertThat(channelMade.status()).as(channelMade.toString()).isEqualTo(201);
        assertThat(channelMade.text()).as("secrets never come back").doesNotContain(SECRET);
    }

    /** @return the alert's id */
    private String fires(RecordingWebhook webhook, MonitorClient monitor) {
        Message message =
                story.within(LONG, "the webhook hears that it fires", () -> webhook.first("alert.firing", rule, host));
        JsonNode alert = message.alerts().getFirst();
        Instant due = Instant.parse(alert.path("started_at").asText()).plus(DURATION);
        Duration lateness = Duration.between(due, message.at());
        story.tell("%d ms after the end of its duration", lateness.toMillis());
        assertThat(lateness).isBetween(Duration.ZERO, LATEST);
        assertThat(alert.path("severity").asText()).isEqualTo("warning");
        assertThat(alert.path("summary").asText()).isEqualTo(host + ": CPU at 85 %");
        String id = alert.path("id").asText();
        story.within(
                LONG,
                "the live socket shows it",
                () -> monitor.first(
                        "alert",
                        frame -> frame.at("/alert/id").asText().equals(id)
                                && frame.at("/alert/status").asText().equals("firing")));
        story.within(LONG, "it is among the active alerts", () -> active(id));
        return id;
    }

    private Optional<JsonNode> active(String id) {
        return active().filter(alert -> alert.path("id").asText().equals(id)).findFirst();
    }

    private Stream<JsonNode> active() {
        Answer answer = doors.viewer().strong().get("/api/v1/alerts/active?host=" + host);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return StreamSupport.stream(answer.at("/alerts").spliterator(), false);
    }

    private void isAcknowledged(MonitorClient monitor, String id) {
        Answer answer =
                doors.operator().patch("/api/v1/alerts/" + id, Map.of("status", "acknowledged", "assignee", "night"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        story.within(
                LONG,
                "the live socket shows who acknowledged it",
                () -> monitor.first(
                        "alert",
                        frame -> frame.at("/alert/id").asText().equals(id)
                                && !frame.at("/alert/acknowledged_by").isNull()));
        story.within(LONG, "so do the active alerts", () -> active(id)
                .filter(alert -> alert.path("acknowledged_by").isTextual()));
    }

    /** The channel's cooldown of five minutes has only begun: an escalation is told all the same. */
    private void escalates(RecordingWebhook webhook, String id) {
        Message message = story.within(
                LONG,
                "the webhook hears that it is critical",
                () -> webhook.first("alert.severity_changed", rule, host));
        assertThat(message.alerts().getFirst().path("id").asText()).isEqualTo(id);
        assertThat(message.alerts().getFirst().path("severity").asText()).isEqualTo("critical");
    }

    private void resolves(RecordingWebhook webhook, MonitorClient monitor, String id) {
        Message message =
                story.within(LONG, "the webhook hears of its end", () -> webhook.first("alert.resolved", rule, host));
        assertThat(message.alerts().getFirst().path("id").asText()).isEqualTo(id);
        story.within(
                LONG,
                "the live socket shows its end",
                () -> monitor.first(
                        "alert",
                        frame -> frame.at("/alert/id").asText().equals(id)
                                && frame.at("/alert/status").asText().equals("resolved")));
        story.holdsWithin(
                LONG, "it is active no more", () -> assertThat(active(id)).isEmpty());
    }

    private void isNotRepeated(RecordingWebhook webhook) {
        story.holdsFor(Duration.ofSeconds(2), "nothing is told twice", () -> assertThat(types(webhook))
                .containsExactly("alert.firing", "alert.severity_changed", "alert.resolved"));
        assertThat(webhook.messages()).allMatch(message -> message.isSignedWith(SECRET));
        assertThat(webhook.messages().stream().map(Message::id)).doesNotHaveDuplicates();
    }

    private void endsWithItsRule() {
        story.holdsWithin(
                LONG, "it fires again", () -> assertThat(activeOfRule()).hasSize(1));
        assertThat(doors.admin().delete("/api/v1/rules/" + rule).status()).isEqualTo(204);
        story.holdsWithin(LONG, "the alert ends with its rule", () -> assertThat(activeOfRule())
                .isEmpty());
        story.holdsFor(DURATION.plusSeconds(1), "and does not come back", () -> assertThat(activeOfRule())
                .isEmpty());
    }

    private List<JsonNode> activeOfRule() {
        return active().filter(alert -> alert.path("rule_id").asText().equals(rule))
                .toList();
    }

    private List<String> types(RecordingWebhook webhook) {
        return webhook.messages(rule, host).stream().map(Message::type).toList();
    }
}
