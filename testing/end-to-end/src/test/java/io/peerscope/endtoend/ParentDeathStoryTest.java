package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The JVM is killed without a word: nothing of it stays behind, and the next start is quick and has the data. */
@Tag("story")
final class ParentDeathStoryTest {
    private static final Duration GONE = Duration.ofSeconds(10);

    @Test
    void brokerAndDatabaseGoWithTheirParentAndTheDataStay() {
        Story story = Story.begin("parent death");
        Path data = StoryData.fresh("parent-death");
        try (PeerscopeProcess peerscope = PeerscopeProcess.start(data)) {
            story.tell("first start: ready after %d ms", peerscope.readyAfter().toMillis());
            String admin = peerscope.tokens().of("admin");
            Answer posted = peerscope
                    .api("fleet")
                    .post(
                            "/api/v1/ingest",
                            Map.of("host", "h1", "points", List.of(Map.of("fields", Map.of("cpu_usage", 12.5)))));
            assertThat(posted.status()).as(posted.toString()).isEqualTo(200);
            List<ProcessHandle> children = List.of(peerscope.broker(), peerscope.postmaster());
            peerscope.kill();
            story.holdsWithin(GONE, "broker and database are gone", () -> assertThat(children)
                    .noneMatch(ProcessHandle::isAlive));
            peerscope.restart();
            story.tell("second start: ready after %d ms", peerscope.readyAfter().toMillis());
            assertThat(peerscope.tokens().of("admin")).isEqualTo(admin);
            isStillThere(peerscope.api("viewer"));
            story.tell("the metric is still there");
        }
    }

    private static void isStillThere(Api viewer) {
        Answer history = viewer.strong().get("/api/v1/metrics/historical?timeframe=1h&metrics=cpu_usage&hosts=h1");
        assertThat(history.status()).as(history.toString()).isEqualTo(200);
        assertThat(history.at("/series/0/points/0/1").asDouble())
                .as(history.toString())
                .isEqualTo(12.5);
    }
}
