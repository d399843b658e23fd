package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.testkit.process.ChildProcess;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An operator is told of a hot host in time, once for each thing that happens, and of its end; so is a program. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class AlertStoryTest {
    private static final String HOST = "alert-host";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void aHotHostFiresEscalatesAndResolvesEachToldOnce(PeerscopeProcess peerscope) {
        Story story = Story.begin("alert");
        new AlertStory(Doors.of(peerscope), story, HOST).tell();
        theListenerOfTheReadmeHearsIt(peerscope, story);
    }

    private void theListenerOfTheReadmeHearsIt(PeerscopeProcess peerscope, Story story) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ReadmeListener.in(folder).toString(),
                peerscope.bootstrapServers());
        try (ChildProcess listener = ChildProcess.start("listener", command, folder, folder.resolve("heard"))) {
            story.holdsWithin(PATIENCE, "the README's listener prints the events", () -> {
                List<JsonNode> heard = listener.lastLines(Integer.MAX_VALUE)
                        .lines()
                        .filter(line -> line.contains(HOST))
                        .map(AlertStoryTest::json)
                        .toList();
                assertThat(heard)
                        .extracting(event -> event.path("specversion").asText())
                        .containsOnly("1.0");
                assertThat(heard)
                        .extracting(event -> event.path("type").asText())
                        .contains("io.peerscope.alert.firing", "io.peerscope.alert.resolved");
            });
        }
    }

    private static JsonNode json(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not an event: " + line, e);
        }
    }
}
