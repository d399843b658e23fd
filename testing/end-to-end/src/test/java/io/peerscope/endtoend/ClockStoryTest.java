package io.peerscope.endtoend;

import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A host whose clock is wrong harms nobody, itself included. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
@Order(Integer.MAX_VALUE - 2) // it leaves so many hosts behind that tables do not show those of other stories
final class ClockStoryTest {

    @Test
    void aWrongClockChangesNothingForOthers(PeerscopeProcess peerscope) {
        new ClockStory(Doors.of(peerscope), Story.begin("clock")).tell();
    }
}
