package io.peerscope.endtoend;

import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What-if says what was said live: the same transitions, the same messages. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class RehearsalStoryTest {

    @Test
    void whatARuleWouldHaveDoneIsWhatItDid(PeerscopeProcess peerscope) {
        new RehearsalStory(Doors.of(peerscope), Story.begin("rehearsal")).tell();
    }
}
