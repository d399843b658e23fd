package io.peerscope.endtoend;

import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A fresh installation, and what its rules say of hosts that are ill. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class DefaultRulesStoryTest {

    @Test
    void everyShippedRuleFiresAndEnds(PeerscopeProcess peerscope) {
        new DefaultRulesStory(Doors.of(peerscope), Story.begin("default rules")).tell();
    }
}
