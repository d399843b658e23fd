package io.peerscope.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.receipt.ReceiptId;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.http.Door.Response;
import io.peerscope.ingest.http.HttpLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker, through the real door. */
class KafkaBatchLogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static String point(int value) {
        return "{\"host\":\"h1\",\"batch\":\"b\",\"points\":[{\"fields\":{\"a\":" + value + "}}]}";
    }

    private static String large() {
        StringBuilder json = new StringBuilder("{\"host\":\"h2\",\"points\":[");
        for (int i = 0; i < 9_000; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"timestamp\":")
                    .append(Drafts.NOW - i)
                    .append(",\"fields\":{");
            for (int field = 0; field < 20; field++) {
                json.append(field == 0 ? "" : ",")
                        .append("\"field_")
                        .append(field)
                        .append("\":")
                        .append(i + field);
            }
            json.append("}}");
        }
        return json.append("]}").toString();
    }

    private static List<ConsumerRecord<String, byte[]>> read(KafkaClients clients, String host) {
        return WrittenPoints.read(clients).stream()
                .filter(row -> row.key().equals(host))
                .toList();
    }

    @Test
    void acknowledgedMeansWrittenAndABrokerThatIsAwayMeansUnavailableInTime(@TempDir Path data) throws Exception {
        KafkaOptions options = KafkaOptions.in(data.resolve("kafka")).withSupervised(false);
        EmbeddedKafka kafka = EmbeddedKafka.start(options);
        try (RecordSender log = new RecordSender();
                Door door = new Door(new KafkaBatchLog(log), HttpLimits.standard(), 64 << 20)) {
            KafkaClients clients = new KafkaClients(KafkaConfig.local(kafka.bootstrapServers(), data));
            assertThat(door.post(point(0)).code()).isEqualTo("kafka_unavailable");
            assertThat(log.condition()).isInstanceOf(Condition.Down.class);
            try (Admin admin = clients.admin("test-admin")) {
                new Topics(admin, clients.config()).ensure();
            }
            log.open(clients, 64 << 20);
            assertThat(log.condition()).isEqualTo(Condition.ok());

            Response accepted = door.post(point(1));
            assertThat(accepted.status()).isEqualTo(200);
            ConsumerRecord<String, byte[]> row = read(clients, "h1").getFirst();
            PointBatch batch = PointBatchCodec.decode(row.value());
            assertThat(row.timestamp()).isEqualTo(batch.receivedAt()).isEqualTo(Drafts.NOW);
            ReceiptId receipt =
                    ReceiptId.parse(accepted.json().path("receipt").asText()).orElseThrow();
            assertThat(receipt.parts())
                    .containsExactly(new ReceiptId.Part(
                            batch.receipt(), List.of(new ReceiptId.Place(row.partition(), row.offset()))));
            assertThat(batch.samples()).isEqualTo(1);

            assertThat(door.post(large()).json().path("accepted").asInt()).isEqualTo(180_000);
            List<ConsumerRecord<String, byte[]>> rows = read(clients, "h2");
            assertThat(rows).hasSizeGreaterThan(1);
            assertThat(rows.stream()
                            .mapToInt(one -> PointBatchCodec.decode(one.value()).samples())
                            .sum())
                    .isEqualTo(180_000);

            assertThat(door.post(point(1)).json().path("receipt").asText()).isEqualTo(receipt.text());
            kafka.close();
            long before = System.nanoTime();
            Response refused = door.post(point(2));
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("kafka_unavailable");
            assertThat(log.condition()).isInstanceOf(Condition.Degraded.class);

            int port = Integer.parseInt(kafka.bootstrapServers().split(":")[1]);
            kafka = EmbeddedKafka.start(options.withPort(port));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(door.post(point(2)).status()).isEqualTo(200));
            assertThat(log.condition()).isEqualTo(Condition.ok());
            assertThat(read(clients, "h1").stream().map(one -> PointBatchCodec.decode(one.value())
                            .points()
                            .getFirst()
                            .values()[0]))
                    .contains(1.0, 2.0)
                    .doesNotContain(0.0);
        } finally {
            kafka.close();
        }
    }
}
