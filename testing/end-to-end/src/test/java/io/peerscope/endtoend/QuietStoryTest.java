package io.peerscope.endtoend;

import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Operators are left alone where they asked for it, and all of it is on record. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class QuietStoryTest {

    @Test
    void silencesAndFlappingAreHeldBack(PeerscopeProcess peerscope) {
        new QuietStory(Doors.of(peerscope), Story.begin("quiet")).tell();
    }
}
