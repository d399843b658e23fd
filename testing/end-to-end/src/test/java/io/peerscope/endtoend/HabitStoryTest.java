package io.peerscope.endtoend;

import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.testkit.process.PeerscopeProcess;
import io.peerscope.testkit.story.Story;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Presence knows habits, and reliability shows what it is made of. */
@Tag("story")
@ExtendWith(SharedStandalone.class)
@Order(Integer.MAX_VALUE - 2) // it leaves so many hosts behind that tables do not show those of other stories
final class HabitStoryTest {

    @Test
    void whoIsAwayByHabitIsNotMissed(PeerscopeProcess peerscope, @TempDir Path folder) {
        KafkaClients clients = new KafkaClients(KafkaConfig.local(peerscope.bootstrapServers(), folder));
        try (Producer<String, byte[]> producer = clients.producer("test-habit", Map.of())) {
            new HabitStory(Doors.of(peerscope), Story.begin("habit"), producer).tell();
        }
    }
}
