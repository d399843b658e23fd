package io.peerscope.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.receipt.ReceiptId;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafkaCluster;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.http.Door.Response;
import io.peerscope.ingest.http.HttpLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three brokers, three replicas, two of which must confirm: with one broker less batches are taken after a moment, with
 * two less none is, and whatever was acknowledged is there once.
 */
class BrokerLossTest {
    private static final int HOSTS = 8;
    private static final int FIELDS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Acknowledged, by the name in the receipt: how many samples. */
    private final Map<String, Integer> acknowledged = new HashMap<>();

    private int accepted;
    private int number;

    @Test
    void oneMayGoAndWithTwoNothingIsPromised(@TempDir Path folder) throws Exception {
        unfold(folder, false);
    }

    /** Also a leader that stands still, which nobody is told of by a closed connection, and each broker in turn. */
    @Test
    @Tag("soak")
    void alsoWhereALeaderStandsStillAndEachGoesInTurn(@TempDir Path folder) throws Exception {
        unfold(folder, true);
    }

    private void unfold(Path folder, boolean all) throws Exception {
        KafkaOptions options = KafkaOptions.in(folder.resolve("kafka")).withHeap("-Xmx256m -Xms64m");
        try (EmbeddedKafkaCluster kafka = EmbeddedKafkaCluster.start(options);
                RecordSender log = new RecordSender();
                Door door = new Door(
                        new KafkaBatchLog(log),
                        HttpLimits.standard(),
                        64 << 20,
                        UnaryOperator.identity(),
                        System::currentTimeMillis)) {
            KafkaClients clients = new KafkaClients(
                    new KafkaConfig(kafka.bootstrapServers(), 4, (short) 3, folder, "local", Map.of()));
            try (Admin admin = clients.admin("test-admin")) {
                new Topics(admin, clients.config()).ensure();
                log.open(clients, 64 << 20);
                ofAllHosts(door);
                aLeaderIsKilled(kafka, admin, door);
                if (all) {
                    aLeaderStandsStill(kafka, admin, door);
                    eachInTurn(kafka, admin, door);
                }
                twoAreKilled(kafka, door, log);
            }
            assertThat(door.meter.balances()).as("%s", door.meter).isTrue();
            assertThat(door.meter.of("durable")).isEqualTo(accepted);
            addsUp(clients);
        }
    }

    private void aLeaderIsKilled(EmbeddedKafkaCluster kafka, Admin admin, Door door) throws Exception {
        int leader = leader(admin);
        kafka.broker(leader).destroyForcibly();
        ofAllHosts(door);
        kafka.restart(leader);
        awaitReplicas(admin);
    }

    private void aLeaderStandsStill(EmbeddedKafkaCluster kafka, Admin admin, Door door) throws Exception {
        ProcessHandle leader = kafka.broker(leader(admin));
        signal("STOP", leader);
        try {
            ofAllHosts(door);
        } finally {
            signal("CONT", leader);
        }
        ofAllHosts(door);
        awaitReplicas(admin);
    }

    private void eachInTurn(EmbeddedKafkaCluster kafka, Admin admin, Door door) throws Exception {
        for (int node = 1; node <= 3; node++) {
            kafka.broker(node).destroyForcibly();
            ofAllHosts(door);
            kafka.restart(node);
            awaitReplicas(admin);
        }
    }

    private void twoAreKilled(EmbeddedKafkaCluster kafka, Door door, RecordSender log) throws Exception {
        kafka.broker(1).destroyForcibly();
        kafka.broker(2).destroyForcibly();
        for (int i = 0; i < 2; i++) {
            Response answer = send(door, "h" + i % HOSTS);
            assertThat(answer.status()).as("with one broker of three").isEqualTo(503);
            assertThat(answer.code()).isEqualTo("kafka_unavailable");
            assertThat(answer.http().headers().firstValue("Retry-After")).isPresent();
        }
        assertThat(log.condition()).isInstanceOf(Condition.Degraded.class);
        kafka.restart(1);
        ofAllHosts(door);
        assertThat(log.condition()).isEqualTo(Condition.ok());
    }

    /** Of each host one batch, by as many attempts as it takes. */
    private void ofAllHosts(Door door) {
        for (int host = 0; host < HOSTS; host++) {
            String name = "h" + host;
            await().atMost(PATIENCE).until(() -> send(door, name).status() == 200);
        }
    }

    private Response send(Door door, String host) throws Exception {
        int value = number++;
        StringBuilder json = new StringBuilder(
                "{\"host\":\"%s\",\"batch\":\"b%d\",\"points\":[{\"fields\":{".formatted(host, value));
        for (int field = 0; field < FIELDS; field++) {
            json.append(field == 0 ? "" : ",").append("\"f%d\":%d".formatted(field, value));
        }
        Response answer = door.post(json.append("}}]}").toString());
        assertThat(answer.status()).isIn(200, 503);
        if (answer.status() == 200) {
            ReceiptId receipt =
                    ReceiptId.parse(answer.json().path("receipt").asText()).orElseThrow();
            int samples = answer.json().path("accepted").asInt();
            acknowledged.put(receipt.parts().getFirst().secret(), samples);
            accepted += samples;
        }
        return answer;
    }

    /** Of the partition of the first host, or of any where it has none at the moment. */
    private static int leader(Admin admin) throws Exception {
        return partitions(admin).getFirst().leader().id();
    }

    private static void awaitReplicas(Admin admin) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> partitions(admin).stream()
                .allMatch(partition -> partition.isr().size() == 3));
    }

    private static List<TopicPartitionInfo> partitions(Admin admin) throws Exception {
        String topic = Topic.METRICS_POINTS.topicName();
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next()
                .partitions();
    }

    /** Every acknowledged batch is there once, with all its samples, and no other more than once. */
    private void addsUp(KafkaClients clients) {
        Map<String, Integer> written = new HashMap<>();
        for (ConsumerRecord<String, byte[]> row : WrittenPoints.read(clients)) {
            PointBatch batch = PointBatchCodec.decode(row.value());
            assertThat(written.put(batch.receipt(), batch.samples()))
                    .as("an attempt is written once")
                    .isNull();
        }
        assertThat(written).containsAllEntriesOf(acknowledged);
        assertThat(acknowledged.values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(accepted);
    }

    private static void signal(String signal, ProcessHandle process) throws Exception {
        int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }
}
