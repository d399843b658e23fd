package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Somebody new walks docs/production.md from top to bottom, and loses a broker on the way. */
@Tag("story")
@DisabledIfSystemProperty(
        named = "peerscope.test.containers",
        matches = "true",
        disabledReason = "the page breaks the broker of ./run")
final class ProductionPathStoryTest {

    @Test
    void everyCommandOfThePageDoesWhatItSays() {
        Story story = Story.begin("an afternoon");
        try (PeerscopeProcess peerscope = PeerscopeProcess.start(StoryData.fresh("afternoon"))) {
            PageCommands page = new PageCommands(peerscope, "docs/production.md", "sh");
            assertThat(page.blocks()).hasSize(6);
            assertThat(page.run(page.block("doctor"))).contains("All is well", "resolves", "pushed to browsers");
            story.tell("it is well, and every part was looked at");

            long broker = peerscope.broker().pid();
            String loss = page.run(page.block("test-loss"));
            story.tell("%s", loss.strip());
            assertThat(peerscope.broker().pid()).isNotEqualTo(broker);
            assertThat(loss).contains("each once and as it was sent", "sent again", "All is well");

            assertThat(page.run(page.block("backup"))).contains("stored again from Kafka");
            assertThat(page.run(page.block("capacity"))).contains("cores");
            assertThat(page.run(page.block("prepare"))).contains("Ready:");
            story.tell("kept, brought back, reckoned and prepared");
            assertThat(page.run(page.block("doctor"))).contains("All is well");
        }
    }
}
