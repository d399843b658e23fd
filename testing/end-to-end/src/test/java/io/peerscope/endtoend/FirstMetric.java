package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.client.MonitorClient;
import io.peerscope.testkit.story.Story;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** One batch of host {@code h1}, as the README has it, and every place where it must show. */
final class FirstMetric {
    /** Three fields of the host and two of its connection. */
    static final int SAMPLES = 5;

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Doors doors;
    private final Story story;

    FirstMetric(Doors doors, Story story) {
        this.doors = doors;
        this.story = story;
    }

    /** @param post sends the batch and gives ingest's answer; the same batch each time */
    void tell(Supplier<JsonNode> post) {
        try (MonitorClient monitor = doors.monitor()) {
            monitor.send("{\"subscribe\":[\"hosts\"]}");
            JsonNode first = post.get();
            assertThat(first.path("accepted").asInt()).isEqualTo(SAMPLES);
            assertThat(first.path("rejected").asInt()).isZero();
            assertThat(first.path("duplicate").asBoolean()).isFalse();
            story.tell("accepted: %s", first);
            shows(monitor);
            JsonNode second = post.get();
            assertThat(second.path("duplicate").asBoolean()).isTrue();
            story.tell("posted again: %s", second);
            shows(monitor);
        }
    }

    private void shows(MonitorClient monitor) {
        Api strong = doors.viewer().strong();
        Answer history =
                strong.get("/api/v1/metrics/historical?timeframe=1h&metrics=cpu_usage&hosts=h1&aggregate=count");
        assertThat(history.status()).as(history.toString()).isEqualTo(200);
        assertThat(values(history)).as(history.toString()).containsExactly(1.0);
        story.tell("history has it (%s tier)", history.at("/tier").asText());

        Answer realtime = strong.get("/api/v1/metrics/realtime");
        assertThat(realtime.status()).as(realtime.toString()).isEqualTo(200);
        assertThat(realtime.at("/active_hosts").asInt()).isPositive();
        assertThat(realtime.at("/total_players").asInt()).isGreaterThanOrEqualTo(31);
        story.tell("the network's totals have it: %s", realtime.text());

        assertThat(doors.database().number("select count(*) from sample where host = 'h1'"))
                .isEqualTo(SAMPLES);
        assertThat(
                        doors.database()
                                .number(
                                        "select count(*) from sample where host = 'h1' and field = 'cpu_usage' and value = 93.5"))
                .isEqualTo(1);
        story.tell("the database has it once");

        story.within(
                SOON,
                "the live socket has its totals",
                () -> monitor.first(
                        "metrics", frame -> frame.at("/metrics/total_players").asInt() >= 31));
        story.within(SOON, "the live socket has its host", () -> monitor.first("hosts", FirstMetric::hasHost));
    }

    private static boolean hasHost(JsonNode frame) {
        return StreamSupport.stream(frame.path("hosts").spliterator(), false)
                .anyMatch(host -> host.path("host").asText().equals("h1")
                        && host.at("/fields/cpu_usage").asDouble() == 93.5);
    }

    private static java.util.List<Double> values(Answer history) {
        return StreamSupport.stream(history.at("/series/0/points").spliterator(), false)
                .filter(point -> !point.path(1).isNull())
                .map(point -> point.path(1).asDouble())
                .toList();
    }
}
