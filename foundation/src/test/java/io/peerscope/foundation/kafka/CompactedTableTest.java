package io.peerscope.foundation.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class CompactedTableTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void follows_the_topic_through_changes_removals_and_garbage(KafkaClients clients) throws InterruptedException {
        try (RecordWriter writer = new RecordWriter(clients, "test-writer");
                CompactedTable<String> table = table(clients).start()) {
            writer.broadcast(Topic.ALERTS_RULES, "a", text("one"));
            writer.broadcast(Topic.ALERTS_RULES, "b", text("two"));
            writer.broadcast(Topic.ALERTS_RULES, "b", text("garbage"));
            Map<TopicPartition, Long> written = writer.broadcast(Topic.ALERTS_RULES, "a", null);

            assertThat(written).hasSize(clients.config().partitions());
            assertThat(table.awaitPositions(written, PATIENCE)).isTrue();
            assertThat(table.view()).containsExactly(Map.entry("b", "two"));
        }
    }

    @Test
    void waiting_for_what_never_comes_ends(KafkaClients clients) throws InterruptedException {
        try (CompactedTable<String> table = table(clients).start()) {
            Map<TopicPartition, Long> never = Map.of(new TopicPartition("alerts.rules", 0), Long.MAX_VALUE);

            assertThat(table.awaitPositions(never, Duration.ofMillis(50))).isFalse();
        }
    }

    @Test
    void a_topic_with_other_partitions_is_refused_with_a_way_out(KafkaClients clients) {
        KafkaConfig other = new KafkaConfig(
                clients.config().bootstrapServers(),
                clients.config().partitions() + 1,
                (short) 1,
                clients.config().stateDir(),
                "local",
                Map.of());
        try (Admin admin = clients.admin("test-admin")) {
            assertThatThrownBy(() -> new Topics(admin, other).ensure())
                    .isInstanceOf(TopicMismatchException.class)
                    .hasMessageContaining("metrics.points has 4 partitions instead of 5")
                    .hasMessageContaining("peerscope.kafka.partitions");
        }
    }

    private static CompactedTable<String> table(KafkaClients clients) {
        return new CompactedTable<>(
                clients, "test-table", Topic.ALERTS_RULES, CompactedTableTest::decode, (key, value) -> {});
    }

    private static String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.equals("garbage")) {
            throw new MalformedRecordException("garbage");
        }
        return text;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
