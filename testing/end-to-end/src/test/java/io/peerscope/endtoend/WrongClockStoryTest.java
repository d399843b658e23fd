package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.process.SixProcesses;
import io.peerscope.testkit.process.SixProcesses.Service;
import io.peerscope.testkit.story.Story;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A host whose clock is half a minute ahead never hears that its batch was taken, because ingest was killed; it sends it again
 * to the process that came after, which corrects it as the one before had, so it counts once.
 */
@Tag("story")
@ExtendWith(SharedSix.class)
final class WrongClockStoryTest {
    private static final String HOST = "hasty-host";
    private static final long AHEAD = 30_000;
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void aBatchThatComesAgainAfterARestartCountsOnce(SixProcesses six) {
        Story story = Story.begin("wrong clock");
        Api viewer = six.api(Service.QUERY_API, "viewer");
        long says = System.currentTimeMillis() + AHEAD;
        Map<String, Object> batch = Map.of(
                "host", HOST,
                "sent_at", says,
                "points", List.of(Map.of("timestamp", says - 500, "fields", Map.of("cpu_usage", 40.5))));
        taken(six, batch);
        story.holdsWithin(SOON, "it is known how wrong the clock is", () -> {
            assertThat(viewer.get("/api/v1/hosts/" + HOST).status()).isEqualTo(200);
            JsonNode clock = viewer.get("/api/v1/hosts/" + HOST + "/clock").json();
            assertThat(clock.path("correction_ms").asLong()).as("%s", clock).isEqualTo(-AHEAD);
        });

        six.kill(Service.INGEST);
        six.restart(Service.INGEST);
        story.tell("ingest was killed and is back");
        taken(six, batch);
        story.holdsWithin(SOON, "what came again is a duplicate", () -> {
            JsonNode ledger = viewer.get("/api/v1/hosts/" + HOST + "/ledger").json();
            assertThat(ledger.path("accepted").asLong()).as("%s", ledger).isEqualTo(2);
            assertThat(ledger.path("duplicate").asLong()).as("%s", ledger).isEqualTo(1);
            assertThat(ledger.path("stored").asLong()).as("%s", ledger).isEqualTo(1);
            assertThat(ledger.path("balanced").asBoolean()).as("%s", ledger).isTrue();
        });
    }

    private static void taken(SixProcesses six, Map<String, Object> batch) {
        Answer answer = six.api(Service.INGEST, "fleet").post("/api/v1/ingest", batch);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }
}
