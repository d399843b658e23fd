package io.peerscope.foundation.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class RecordLoopTest {
    @Test
    void whatNobodyForesawIsTriedAgainAndPassesNothingOver(KafkaClients clients) throws InterruptedException {
        AtomicBoolean once = new AtomicBoolean(true);
        ConcurrentLinkedQueue<String> handled = new ConcurrentLinkedQueue<>();
        RecordLoop.Handler handler = row -> {
            if (row.key().equals("loop-b") && once.getAndSet(false)) {
                throw new IllegalStateException("a mistake of ours");
            }
            if (row.key().startsWith("loop-")) {
                handled.add(row.key() + new String(row.value(), StandardCharsets.UTF_8));
            }
        };
        try (RecordWriter writer = new RecordWriter(clients, "test-writer");
                RecordLoop loop = new RecordLoop(
                                clients,
                                "test-loop",
                                List.of(Topic.SECURITY_CREDENTIALS),
                                RecordLoop.From.BEGINNING,
                                handler)
                        .start()) {
            writer.write(Topic.SECURITY_CREDENTIALS, "loop-a", "1".getBytes(StandardCharsets.UTF_8));
            writer.write(Topic.SECURITY_CREDENTIALS, "loop-b", "2".getBytes(StandardCharsets.UTF_8));
            Map<TopicPartition, Long> last =
                    writer.broadcast(Topic.SECURITY_CREDENTIALS, "loop-c", "3".getBytes(StandardCharsets.UTF_8));

            assertThat(loop.awaitPositions(last, Duration.ofSeconds(60))).isTrue();
            assertThat(handled).contains("loop-a1", "loop-b2", "loop-c3");
            assertThat(loop.condition()).isEqualTo(Condition.ok());
        }
    }

    @Test
    void whoHasReadAPartOnlyIsDownWhateverTheReason(KafkaClients clients) {
        AtomicBoolean mended = new AtomicBoolean();
        RecordLoop.Handler handler = row -> {
            if (!mended.get()) {
                throw new IllegalStateException();
            }
        };
        try (RecordWriter writer = new RecordWriter(clients, "test-writer")) {
            writer.broadcast(Topic.SECURITY_CREDENTIALS, "part", "1".getBytes(StandardCharsets.UTF_8));
            try (RecordLoop loop = new RecordLoop(
                            clients,
                            "test-part",
                            List.of(Topic.SECURITY_CREDENTIALS),
                            RecordLoop.From.BEGINNING,
                            handler)
                    .start()) {
                await().until(() -> loop.condition().toString().contains("IllegalStateException"));
                assertThat(loop.condition()).isInstanceOf(Condition.Down.class);

                mended.set(true);
                await().until(loop::condition, Condition.ok()::equals);
            }
        }
    }
}
