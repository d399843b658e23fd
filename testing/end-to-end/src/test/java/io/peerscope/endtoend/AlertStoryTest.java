package io.peerscope.endtoend;

import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator is told of a hot host in time, once for each thing that happens, and of its end. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
final class AlertStoryTest {

    @Test
    void aHotHostFiresEscalatesAndResolvesEachToldOnce(PeerscopeProcess peerscope) {
        new AlertStory(Doors.of(peerscope), Story.begin("alert"), "alert-host").tell();
    }
}
