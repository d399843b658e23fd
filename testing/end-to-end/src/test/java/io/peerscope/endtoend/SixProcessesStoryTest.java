package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.process.SixProcesses;
import io.peerscope.testkit.story.Story;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same stories when every service is a process of its own: in through ingest's port, looked at through the gateway's. */
@Tag("story")
@ExtendWith(SharedSix.class)
final class SixProcessesStoryTest {

    @Test
    void theStoriesAreTheSameWithSixProcesses(SixProcesses six) {
        Story story = Story.begin("six processes");
        new FirstMetric(Doors.of(six), story).tell(firstMetric(Doors.of(six)));
        new AlertStory(Doors.of(six), story, "alert-host").tell();
    }

    private static Supplier<JsonNode> firstMetric(Doors doors) {
        Map<String, Object> batch = Map.of(
                "host",
                "h1",
                "batch",
                "six/1",
                "points",
                List.of(
                        Map.of("fields", Map.of("cpu_usage", 93.5, "memory_usage", 71.2, "player_count", 31)),
                        Map.of(
                                "kind", "connection",
                                "labels", Map.of("peer", "h2", "path", "direct"),
                                "fields", Map.of("latency_ms", 41.2, "packet_loss", 0.1),
                                "states", Map.of("connection_state", "connected"))));
        return () -> {
            Answer answer = doors.ingest().post("/api/v1/ingest", batch);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            return answer.json();
        };
    }
}
