package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A newcomer follows the README: every command in it works, and the first metric shows wherever it should. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class FirstMetricStoryTest {

    @Test
    void theFirstMetricOfTheReadmeShowsEverywhereAndCountsOnce(PeerscopeProcess peerscope) {
        Story story = Story.begin("first metric");
        PageCommands readme = new PageCommands(peerscope, "README.md", "");
        new FirstMetric(Doors.of(peerscope), story).tell(() -> json(readme.run(readme.block("/api/v1/ingest \\"))));
        JsonNode history = json(readme.run(readme.block("/api/v1/metrics/historical")));
        assertThat(history.at("/series/0/points/0/1").asDouble()).isEqualTo(93.5);
        story.tell("the README's query shows it");
    }

    @Test
    void theRuleAndTheChannelOfTheReadmeAreTaken(PeerscopeProcess peerscope) {
        PageCommands readme = new PageCommands(peerscope, "README.md", "");
        String printed = readme.run(readme.block("/api/v1/rules"));
        assertThat(printed).contains("\"id\":\"cpu_hot\"", "\"id\":\"ops\"").doesNotContain("urn:peerscope:problem");
        assertThat(peerscope.api("admin").delete("/api/v1/rules/cpu_hot").status())
                .isEqualTo(204);
        assertThat(peerscope.api("admin").delete("/api/v1/channels/ops").status())
                .isEqualTo(204);
    }

    private static JsonNode json(String printed) {
        try {
            return Json.mapper().readTree(printed);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + printed, e);
        }
    }
}
