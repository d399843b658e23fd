package io.peerscope.aggregate.topology;

import io.peerscope.aggregate.AggregatorMeter;
import io.peerscope.aggregate.Sent;
import io.peerscope.aggregate.live.LiveConfig;
import io.peerscope.aggregate.window.WindowConfig;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.event.EventType;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.link.HostPresence;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.TopologyLive;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.NetworkLive;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.rollup.RollupBatch;
import io.peerscope.contracts.rollup.RollupBatchCodec;
import io.peerscope.contracts.rollup.RollupPlan;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.streams.HostedStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The whole topology without a broker. Its wall clock moves in steps of a second, as the real one's ticks do. */
final class AggregatorDriver implements AutoCloseable {
    static final RollupPlan PLAN = new RollupPlan(MetricCatalogue.load());
    static final WindowConfig WINDOWS = new WindowConfig(Duration.ofSeconds(10), 32 << 20, 5);
    static final LiveConfig LIVE =
            new LiveConfig(3, Duration.ofSeconds(5), Duration.ofHours(24), Duration.ofDays(7), 512, 256, 1024);

    private final Path stateDir;
    private final TopologyTestDriver driver;
    private final TestInputTopic<@Nullable String, byte @Nullable []> points;
    private final TestOutputTopic<String, byte[]> rollups;
    private final TestOutputTopic<String, byte[]> hosts;
    private final TestOutputTopic<String, byte[]> network;
    private final TestInputTopic<String, byte[]> events;
    private final TestOutputTopic<String, byte[]> links;
    private final TestOutputTopic<String, byte[]> presences;
    private final TestOutputTopic<String, byte[]> topologies;
    private final TestOutputTopic<String, byte[]> concluded;
    private final TestOutputTopic<byte[], byte[]> deadLetters;
    private LiveConfig live = LIVE;
    private long wallClock;

    AggregatorDriver(Path stateDir, long wallClock) {
        this.stateDir = stateDir;
        this.wallClock = wallClock;
        Properties settings = HostedStreams.settings(
                Application.AGGREGATOR, KafkaConfig.local("127.0.0.1:1", stateDir), Topic.METRICS_POINTS_DLQ);
        // Exactly once, Streams refuses a state directory without the checkpoint that the driver does not write.
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        driver = new TopologyTestDriver(
                new AggregatorTopology(WINDOWS, PLAN, () -> live, AggregatorMeter.silent()).get(),
                settings,
                Instant.ofEpochMilli(wallClock));
        points = driver.createInputTopic(
                Topic.METRICS_POINTS.topicName(), new StringSerializer(), new ByteArraySerializer());
        rollups = output(Topic.METRICS_ROLLUPS);
        hosts = output(Topic.HOSTS_LIVE);
        network = output(Topic.NETWORK_LIVE);
        events = driver.createInputTopic(
                Topic.NETWORK_EVENTS.topicName(), new StringSerializer(), new ByteArraySerializer());
        links = output(Topic.LINKS_LIVE);
        presences = output(Topic.HOSTS_PRESENCE);
        topologies = output(Topic.NETWORK_TOPOLOGY);
        concluded = output(Topic.METRICS_POINTS);
        deadLetters = driver.createOutputTopic(
                Topic.METRICS_POINTS_DLQ.topicName(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private TestOutputTopic<String, byte[]> output(Topic topic) {
        return driver.createOutputTopic(topic.topicName(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Another driver that finds what this one kept. The driver's own close would delete it, so it is copied before. */
    AggregatorDriver restarted(Path newStateDir) {
        driver.getAllStateStores().values().forEach(StateStore::flush);
        Awaitility.await("RocksDB has come to rest").ignoreExceptions().until(() -> copied(newStateDir));
        close();
        return new AggregatorDriver(newStateDir, wallClock);
    }

    private boolean copied(Path to) throws IOException {
        Utils.delete(to.toFile());
        List<Path> before = files();
        for (Path file : before) {
            Path copy = to.resolve(stateDir.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(copy);
            } else if (!file.endsWith("LOCK")) {
                Files.copy(file, copy);
            }
        }
        return before.equals(files());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(stateDir)) {
            return files.sorted().toList();
        }
    }

    /** People change the settings. */
    void change(LiveConfig changed) {
        live = changed;
    }

    /** Received now. */
    void send(String host, Point... batch) {
        receive(wallClock, host, List.of(batch));
    }

    void receive(long receivedAt, String host, List<Point> batch) {
        raw(receivedAt, host, PointBatchCodec.encode(Sent.batch(host, receivedAt, batch)));
    }

    void raw(long receivedAt, @Nullable String key, byte @Nullable [] value) {
        points.pipeInput(key, value, receivedAt);
    }

    void passSeconds(int seconds) {
        for (int second = 0; second < seconds; second++) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            wallClock += 1000;
        }
    }

    long now() {
        return wallClock;
    }

    List<RollupBatch> rollups() {
        return rollups.readValuesToList().stream().map(RollupBatchCodec::decode).toList();
    }

    List<byte[]> rollupBytes(String host) {
        return rollups.readKeyValuesToList().stream()
                .filter(record -> record.key.equals(host))
                .map(record -> record.value)
                .toList();
    }

    List<KeyValue<String, byte[]>> hostRecords() {
        return hosts.readKeyValuesToList();
    }

    List<HostLive> hosts() {
        return hosts.readValuesToList().stream()
                .map(bytes -> Json.decode(bytes, HostLive.class))
                .toList();
    }

    List<NetworkLive> network() {
        return network.readValuesToList().stream()
                .map(bytes -> Json.decode(bytes, NetworkLive.class))
                .toList();
    }

    void event(String host, EventType type, @Nullable String peer, @Nullable String to) {
        Instant at = Instant.ofEpochMilli(wallClock);
        NetworkEvent event = new NetworkEvent(
                NetworkEvent.id(host, type, wallClock, peer, null, to),
                host,
                type,
                at,
                at,
                peer,
                null,
                to,
                Json.mapper().createObjectNode());
        events.pipeInput(host, Json.encode(event), wallClock);
    }

    /** The newest of each since it was asked last. */
    Map<String, LinkLive> links() {
        return newest(links, LinkLive.class);
    }

    Map<String, HostPresence> presences() {
        return newest(presences, HostPresence.class);
    }

    private static <V> Map<String, V> newest(TestOutputTopic<String, byte[]> topic, Class<V> type) {
        Map<String, V> newest = new TreeMap<>();
        topic.readKeyValuesToList().forEach(record -> newest.put(record.key, Json.decode(record.value, type)));
        return newest;
    }

    List<TopologyLive> topologies() {
        return topologies.readValuesToList().stream()
                .map(bytes -> Json.decode(bytes, TopologyLive.class))
                .toList();
    }

    /** What was written beside that which hosts sent. */
    List<Point> concluded() {
        return derived().stream().flatMap(batch -> batch.points().stream()).toList();
    }

    List<PointBatch> derived() {
        return concluded.readValuesToList().stream()
                .map(PointBatchCodec::decode)
                .filter(PointBatch::isDerived)
                .toList();
    }

    int deadLetters() {
        return deadLetters.readValuesToList().size();
    }

    @Override
    public void close() {
        driver.close();
    }
}
