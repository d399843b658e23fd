package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.collector.RecordingCollector;
import io.peerscope.testkit.collector.ToldSpan;
import io.peerscope.testkit.process.SixProcesses;
import io.peerscope.testkit.process.SixProcesses.Service;
import io.peerscope.testkit.story.Story;
import io.peerscope.testkit.webhook.Message;
import io.peerscope.testkit.webhook.RecordingWebhook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one request of a host has brought about in six processes can be seen in one trace, and so what one click has. */
@Tag("story")
@ExtendWith(SharedSix.class)
final class TraceStoryTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String HOST = "traced-host";
    private static final String RULE = "traced_rule";
    private static final String OF_HOST = "5ca1ab1e00000000000000000000beef";
    private static final String OF_PERSON = "5ca1ab1e00000000000000000000cafe";
    private static final String OUTSIDE = "00f067aa0ba902b7";

    @Test
    void fromAHostsRequestToTheWebhook(SixProcesses six, RecordingCollector collector) {
        Story story = Story.begin("trace");
        Api admin = six.api(Service.QUERY_API, "admin");
        try (RecordingWebhook webhook = RecordingWebhook.start()) {
            prepare(admin, webhook);
            Api host = six.api(Service.INGEST, "fleet");
            Message message = story.within(SOON, "the webhook is told, and in which trace", () -> {
                report(host.with("traceparent", parent(OF_HOST)));
                return webhook.first("alert.firing", RULE, HOST);
            });
            story.holdsWithin(SOON, "the collector has the way there", () -> wayThere(collector, message));

            String alert = message.alerts().getFirst().path("id").asText();
            Answer done = six.api(Service.GATEWAY, "operator")
                    .with("traceparent", parent(OF_PERSON))
                    .patch("/api/v1/alerts/" + alert, Map.of("status", "resolved"));
            assertThat(done.status()).as(done.toString()).isEqualTo(200);
            story.holdsWithin(SOON, "so it has what a person did", () -> {
                ToldSpan request = span(collector, OF_PERSON, "query-api", "PATCH /api/v1/alerts/{id}");
                assertThat(request.parent()).isEqualTo(OUTSIDE);
                ToldSpan judged = span(collector, OF_PERSON, "alert-service", "judge alerts.commands");
                assertThat(judged.parent()).isEqualTo(request.id());
                span(collector, OF_PERSON, "notifier-service", "webhook alert.resolved");
            });
        } finally {
            admin.delete("/api/v1/rules/" + RULE);
            admin.delete("/api/v1/channels/" + RULE);
        }
    }

    private static void wayThere(RecordingCollector collector, Message message) {
        String called = message.headers().getOrDefault("traceparent", "");
        assertThat(called).startsWith("00-" + OF_HOST + "-").endsWith("-01");
        ToldSpan call = byId(collector, called.split("-")[2], "notifier-service", "webhook alert.firing");
        ToldSpan delivered = byId(collector, call.parent(), "notifier-service", "deliver to " + RULE);
        ToldSpan decided = byId(collector, delivered.parent(), "notifier-service", "decide for " + RULE);
        ToldSpan routed = byId(collector, decided.parent(), "notifier-service", "route firing");
        ToldSpan fired = byId(collector, routed.parent(), "alert-service", "alert firing");
        ToldSpan judged = byId(collector, fired.parent(), "alert-service", "judge metrics.points");
        ToldSpan sent = byId(collector, judged.parent(), "ingest-service", "send metrics.points");
        ToldSpan request = byId(collector, sent.parent(), "ingest-service", "POST /api/v1/ingest");
        assertThat(request.parent()).isEqualTo(OUTSIDE);
        assertThat(request.attributes()).containsEntry("http.response.status_code", "200");
        assertThat(collector.trace(OF_HOST))
                .noneMatch(ToldSpan::failed)
                .anyMatch(span -> span.name().equals("store metrics.points")
                        && span.parent().equals(sent.id()))
                .anyMatch(span -> span.name().equals("store alerts.events")
                        && span.parent().equals(fired.id()));
    }

    private static ToldSpan byId(RecordingCollector collector, String id, String service, String name) {
        List<ToldSpan> trace = collector.trace(OF_HOST);
        Optional<ToldSpan> found =
                trace.stream().filter(span -> span.id().equals(id)).findFirst();
        assertThat(found).as("%s of %s in %s", name, service, trace).isPresent();
        ToldSpan span = found.orElseThrow();
        assertThat(span).returns(service, ToldSpan::service).returns(name, ToldSpan::name);
        return span;
    }

    private static ToldSpan span(RecordingCollector collector, String traceId, String service, String name) {
        List<ToldSpan> trace = collector.trace(traceId);
        Optional<ToldSpan> found = trace.stream()
                .filter(span -> span.service().equals(service) && span.name().equals(name))
                .findFirst();
        assertThat(found).as("%s of %s in %s", name, service, trace).isPresent();
        return found.orElseThrow();
    }

    private static void prepare(Api admin, RecordingWebhook webhook) {
        Answer rule = admin.post(
                "/api/v1/rules",
                Map.of("id", RULE, "metric", "traced_load", "operator", ">", "critical", 90, "duration", 0));
        assertThat(rule.status()).as(rule.toString()).isEqualTo(201);
        Answer channel = admin.post(
                "/api/v1/channels",
                Map.of(
                        "id",
                        RULE,
                        "type",
                        "webhook",
                        "url",
                        webhook.address().toString(),
                        "cooldown_seconds",
                        0,
                        "matchers",
                        Map.of("rule_id", RULE)));
        assertThat(channel.status()).as(channel.toString()).isEqualTo(201);
    }

    private static void report(Api host) {
        Answer answer = host.post(
                "/api/v1/ingest", Map.of("host", HOST, "points", List.of(Map.of("fields", Map.of("traced_load", 95)))));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private static String parent(String traceId) {
        return "00-" + traceId + "-" + OUTSIDE + "-01";
    }
}
