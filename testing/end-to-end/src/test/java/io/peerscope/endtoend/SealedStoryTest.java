package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.topic.Topic;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.process.SixProcesses;
import io.peerscope.testkit.process.SixProcesses.Service;
import io.peerscope.testkit.story.Story;
import io.peerscope.testkit.webhook.RecordingWebhook;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever reads every topic and every table does not come by what a channel keeps for itself, though it works. */
@Tag("story")
@ExtendWith(SharedSix.class)
final class SealedStoryTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ID = "sealed-hook";
    private static final String SECRET = "whsec_dGhpcyBzdGFuZHMgaW4gbm8gdG9waWMgYW5kIHRhYmxl";
    private static final String IN_ADDRESS = "nobody-else-knows-this-path";

    @Test
    void noTopicAndNoTableHoldsASecret(SixProcesses six) throws SQLException {
        Story story = Story.begin("sealed");
        Api admin = six.api(Service.QUERY_API, "admin");
        try (RecordingWebhook webhook = RecordingWebhook.start()) {
            String url = webhook.address() + "/" + IN_ADDRESS;
            Answer made =
                    admin.post("/api/v1/channels", Map.of("id", ID, "type", "webhook", "url", url, "secret", SECRET));
            assertThat(made.status()).as(made.toString()).isEqualTo(201);
            assertThat(made.at("/url").asText()).isEqualTo(url);
            assertThat(admin.post("/api/v1/channels/" + ID + "/test", Map.of()).status())
                    .isEqualTo(202);
            story.holdsWithin(SOON, "the channel works, and signs", () -> assertThat(webhook.messages())
                    .anyMatch(message -> message.isSignedWith(SECRET)));
            story.holdsWithin(SOON, "its messages are there to be looked through", () -> assertThat(
                            topicsWith(six.bootstrapServers(), ID))
                    .contains(
                            Topic.NOTIFICATIONS_CHANNELS.topicName(),
                            Topic.NOTIFICATIONS_OUTBOX.topicName(),
                            "peerscope-notifier-notifier-channels-changelog"));
            for (String secret : List.of(SECRET.substring("whsec_".length()), IN_ADDRESS)) {
                assertThat(topicsWith(six.bootstrapServers(), secret)).isEmpty();
                assertThat(tablesWith(six, secret)).isEmpty();
            }
            assertThat(tablesWith(six, ID)).as("the search finds what is there").contains("audit");
        } finally {
            admin.delete("/api/v1/channels/" + ID);
        }
    }

    /** In a value or key of any record, committed or not, also of those that only Kafka Streams reads. */
    private static Set<String> topicsWith(String bootstrapServers, String text) {
        Set<String> found = new TreeSet<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "max.poll.records", 5000);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .filter(partition -> partition.topic().contains("notif")
                            || partition.topic().endsWith("dlq")
                            || partition.topic().startsWith("alerts"))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(row -> {
                    if (Stream.of(row.key(), row.value())
                            .anyMatch(bytes ->
                                    bytes != null && new String(bytes, StandardCharsets.ISO_8859_1).contains(text))) {
                        found.add(row.topic());
                    }
                });
            }
        }
        return found;
    }

    private static Set<String> tablesWith(SixProcesses six, String text) throws SQLException {
        Set<String> found = new TreeSet<>();
        try (Connection connection = DriverManager.getConnection(
                        six.database().jdbcUrl(),
                        six.database().username(),
                        six.database().password());
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "select table_name from information_schema.tables where table_schema = current_schema()"
                            + " and table_type = 'BASE TABLE'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery(
                        "select exists (select 1 from \"" + table + "\" t where t::text like '%" + text + "%')")) {
                    if (rows.next() && rows.getBoolean(1)) {
                        found.add(table);
                    }
                }
            }
        }
        return found;
    }
}
