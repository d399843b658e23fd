package io.peerscope.endtoend;

import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The network as a whole is seen, and each trouble is told once, with its evidence. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
@Order(Integer.MAX_VALUE - 1) // it leaves so many hosts behind that tables do not show those of other stories
final class NetworkStoryTest {

    @Test
    void theMeshTellsWhatNoHostAloneCanTell(PeerscopeProcess peerscope) {
        new NetworkStory(Doors.of(peerscope), Story.begin("network")).tell();
    }
}
