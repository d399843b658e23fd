package io.peerscope.foundation.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.RecordLoop;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.kafka.SharedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The topics of a topology's state are deleted or cut off: it does not begin with less than it knew. On a real broker. */
@ExtendWith(SharedBroker.class)
@SuppressWarnings("NullAway.Init") // filled before each test
class LostStateTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CHANGELOG = Application.AGGREGATOR.id() + "-counts-changelog";

    /** Others use the same broker. */
    private final String key = UUID.randomUUID().toString();

    private final List<String> seen = new CopyOnWriteArrayList<>();

    @TempDir
    private Path disk;

    private KafkaClients clients;
    private Admin admin;
    private RecordWriter writer;
    private RecordLoop reader;

    @BeforeEach
    void begin(KafkaClients clients) throws Exception {
        this.clients = clients;
        admin = clients.admin("test-admin");
        writer = new RecordWriter(clients, "test-writer");
        reader = new RecordLoop(clients, "test-reader", List.of(Topic.NETWORK_LIVE), RecordLoop.From.END, this::see)
                .start();
        await().atMost(PATIENCE).until(reader::caughtUp);
        beginAnew();
    }

    private void see(ConsumerRecord<String, byte[]> row) {
        if (row.key().equals(key)) {
            seen.add("k " + new String(row.value(), StandardCharsets.UTF_8));
        }
    }

    /** A member that was stopped is one until its session is over; nobody shall wait for that here. */
    private BeginAnew.Done beginAnew() throws Exception {
        BeginAnew anew = new BeginAnew(admin, Application.AGGREGATOR);
        nobodyIsLeft(anew);
        return anew.run(Instant.now());
    }

    private void nobodyIsLeft(BeginAnew anew) throws Exception {
        if (anew.instances() > 0) {
            admin.removeMembersFromConsumerGroup(
                            Application.AGGREGATOR.id(), new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        }
    }

    /** Others begin an application of that name with other stores, on a disk of their own. */
    @AfterEach
    void end() throws Exception {
        nobodyIsLeft(new BeginAnew(admin, Application.AGGREGATOR));
        admin.deleteConsumerGroups(List.of(Application.AGGREGATOR.id())).all().get();
        reader.close();
        writer.close();
        admin.close();
    }

    @Test
    void aTopicThatWasDeletedIsMissedUntilSomebodyLetsItBeginAnew() throws Exception {
        countTo(2, disk);
        delete();
        assertThatThrownBy(() -> start(disk))
                .isInstanceOf(StateLostException.class)
                .hasMessageContaining("gone: " + CHANGELOG)
                .hasMessageContaining("peerscope begin-anew peerscope-aggregator");
        assertThatThrownBy(() -> start(disk.resolve("another")))
                .as("without what stood on its disk")
                .isInstanceOf(StateLostException.class);

        BeginAnew.Done done = beginAnew();
        assertThat(done.partitions()).isPositive();
        seen.clear();
        try (HostedStreams streams = start(disk)) {
            await().atMost(PATIENCE).until(() -> seen.contains("k 2"));
            running(streams);
        }
        assertThat(seen).as("what came lately is read again").containsExactly("k 1", "k 2");
        countTo(3, disk);
    }

    @Test
    void oneThatIsThereAgainIsNotTakenForTheOneItFilled() throws Exception {
        countTo(1, disk);
        delete();
        admin.createTopics(List.of(new NewTopic(CHANGELOG, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                .all()
                .get();
        assertThatThrownBy(() -> start(disk))
                .isInstanceOf(StateLostException.class)
                .hasMessageContaining("deleted and made anew: " + CHANGELOG);
    }

    @Test
    void oneThatWasCutOffIsNotRead() throws Exception {
        countTo(2, disk);
        // brokers refuse to cut what is only compacted
        policy("compact,delete");
        admin.deleteRecords(Map.of(new TopicPartition(CHANGELOG, 0), RecordsToDelete.beforeOffset(1)))
                .all()
                .get();
        policy("compact");
        assertThatThrownBy(() -> start(disk.resolve("another")))
                .isInstanceOf(StateLostException.class)
                .hasMessageContaining("cut off at their beginning")
                .hasMessageContaining(CHANGELOG);
    }

    private void policy(String value) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, CHANGELOG),
                        List.of(new AlterConfigOp(
                                new ConfigEntry(TopicConfig.CLEANUP_POLICY_CONFIG, value), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    /** What its instances left on other disks is not what it begins with. */
    @Test
    void allInstancesBeginAnew() throws Exception {
        countTo(2, disk);
        Path other = disk.resolve("other");
        countTo(3, other);
        beginAnew();
        seen.clear();
        try (HostedStreams streams = start(disk)) {
            await().atMost(PATIENCE).until(() -> seen.contains("k 3"));
            running(streams);
        }
        countTo(4, other);
    }

    private void delete() throws Exception {
        admin.deleteTopics(Set.of(CHANGELOG)).all().get();
        await().atMost(PATIENCE).until(() -> !admin.listTopics().names().get().contains(CHANGELOG));
    }

    /** Runs it on that disk until it has counted so far. */
    private void countTo(int number, Path stateDir) {
        try (HostedStreams streams = start(stateDir)) {
            while (seen.size() < number) {
                int before = seen.size();
                writer.write(Topic.NETWORK_REPORTS, key, new byte[] {1});
                await().atMost(PATIENCE).until(() -> seen.size() > before);
            }
            assertThat(seen).contains("k " + number);
            running(streams);
            await().atMost(PATIENCE)
                    .until(() -> Files.exists(stateDir.resolve(Application.AGGREGATOR.id() + ".changelogs")));
        }
    }

    private static void running(HostedStreams streams) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(streams.condition()).isEqualTo(Condition.ok()));
    }

    private HostedStreams start(Path stateDir) {
        KafkaConfig known = clients.config();
        return HostedStreams.start(
                Application.AGGREGATOR,
                counting(),
                new KafkaConfig(
                        known.bootstrapServers(),
                        known.partitions(),
                        known.replication(),
                        stateDir,
                        "local",
                        known.client()),
                Topic.METRICS_POINTS_DLQ,
                Map.of());
    }

    private static Topology counting() {
        return new Topology()
                .addSource(
                        "in", new StringDeserializer(), new ByteArrayDeserializer(), Topic.NETWORK_REPORTS.topicName())
                .addProcessor("count", Counting::new, "in")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore("counts"), Serdes.String(), Serdes.Long()),
                        "count")
                .addSink(
                        "out",
                        Topic.NETWORK_LIVE.topicName(),
                        new StringSerializer(),
                        new ByteArraySerializer(),
                        "count");
    }

    @SuppressWarnings("NullAway.Init")
    private static final class Counting implements Processor<String, byte[], String, byte[]> {
        private ProcessorContext<String, byte[]> context;
        private KeyValueStore<String, Long> counts;

        @Override
        public void init(ProcessorContext<String, byte[]> context) {
            this.context = context;
            this.counts = context.getStateStore("counts");
        }

        @Override
        public void process(Record<String, byte[]> row) {
            Long known = counts.get(row.key());
            long count = known == null ? 1 : known + 1;
            counts.put(row.key(), count);
            context.forward(row.withValue(Long.toString(count).getBytes(StandardCharsets.UTF_8)));
        }
    }
}
