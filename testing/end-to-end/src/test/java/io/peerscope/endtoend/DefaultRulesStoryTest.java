package io.peerscope.endtoend;

import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A fresh installation, and what its rules say of hosts that are ill: too many for one that is shared. */
@Tag("story")
final class DefaultRulesStoryTest {

    @Test
    void everyShippedRuleFiresAndEnds() {
        try (PeerscopeProcess peerscope = PeerscopeProcess.start(StoryData.fresh("default-rules"))) {
            new DefaultRulesStory(Doors.of(peerscope), Story.begin("default rules")).tell();
        }
    }
}
