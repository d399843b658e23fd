package io.peerscope.aggregate.topology;

import io.peerscope.aggregate.AggregatorMeter;
import io.peerscope.aggregate.live.LiveConfig;
import io.peerscope.aggregate.window.WindowConfig;
import io.peerscope.contracts.rollup.RollupPlan;
import io.peerscope.contracts.topic.Topic;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Points in; roll-ups of closed minutes, live hosts and network totals out. What concerns a host stays in its partition
 * all the way. Network totals take two levels: each partition's sum goes through a topic of one partition to where they
 * are added up. So do links, whose two ends are in two partitions: what hosts say of theirs goes to one task, which knows
 * the whole graph, and what it concludes comes back as points among those of the hosts.
 *
 * <p>Names of nodes and stores are part of the state on disk and in the changelogs: a changed name is a lost state.
 */
public final class AggregatorTopology implements Supplier<Topology> {
    static final String HOSTS_LIVE = "hosts-live";
    static final String NETWORK_PARTIALS = "network-partials";
    static final String LINKS_LIVE = "links-live";
    static final String PRESENCE = "hosts-presence";
    static final String NETWORK_TOPOLOGY = "network-topology";
    static final String NETWORK_INCIDENTS = "network-incidents";
    static final String CONCLUSIONS = "conclusions";
    static final String CLOCK_ERRORS = "clock-errors";
    static final String WINDOWS = "windows";

    /** Entries live for about a minute, so segments are small and their remains are soon cleaned away. */
    private static final Map<String, String> JOURNAL_CHANGELOG = Map.of(
            TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(32 << 20),
            TopicConfig.SEGMENT_MS_CONFIG, "600000",
            TopicConfig.DELETE_RETENTION_MS_CONFIG, "600000",
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.5");

    private static final Map<String, String> HOSTS_CHANGELOG = Map.of(
            TopicConfig.SEGMENT_BYTES_CONFIG,
            Integer.toString(32 << 20),
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            "0.5");

    private final WindowConfig windows;
    private final RollupPlan plan;
    private final Supplier<LiveConfig> live;
    private final AggregatorMeter meter;

    /** @param live asked each time it matters, so that it may change while the topology runs */
    public AggregatorTopology(WindowConfig windows, RollupPlan plan, Supplier<LiveConfig> live, AggregatorMeter meter) {
        this.plan = plan;
        this.windows = windows;
        this.live = live;
        this.meter = meter;
    }

    @Override
    public Topology get() {
        Deserializer<String> text = new StringDeserializer();
        Serializer<String> keys = new StringSerializer();
        Topology topology = new Topology();
        topology.addSource("points", text, Wire.points(), Topic.METRICS_POINTS.topicName());
        topology.addProcessor("admission", Admission::new, "points");

        topology.addProcessor(WINDOWS, () -> new WindowProcessor(windows, plan, meter), "admission");
        topology.addStateStore(journal(), WINDOWS);
        topology.addSink("rollups", Topic.METRICS_ROLLUPS.topicName(), keys, Wire.rollups(), WINDOWS);

        topology.addProcessor("hosts", () -> new HostProcessor(live, meter), "admission");
        topology.addStateStore(hosts(), "hosts");
        topology.addSink(HOSTS_LIVE, Topic.HOSTS_LIVE.topicName(), keys, Wire.json(), "hosts");
        topology.addSink(NETWORK_PARTIALS, Topic.NETWORK_PARTIALS.topicName(), keys, Wire.json(), "hosts");
        topology.addSink(CLOCK_ERRORS, Topic.METRICS_POINTS.topicName(), keys, Wire.batches(), "hosts");

        topology.addSource("events", text, Wire.events(), Topic.NETWORK_EVENTS.topicName());
        topology.addProcessor("reports", ReportProcessor::new, "admission", "events");
        topology.addSink("network-reports", Topic.NETWORK_REPORTS.topicName(), keys, Wire.batches(), "reports");

        topology.addProcessor("findings", () -> new FindingProcessor(live), "events");
        topology.connectProcessorAndStateStores("findings", HostProcessor.HOSTS);
        topology.addSink("security-findings", Topic.METRICS_POINTS.topicName(), keys, Wire.batches(), "findings");

        topology.addSource("partials", text, Wire.totals(), Topic.NETWORK_PARTIALS.topicName());
        topology.addProcessor("network", NetworkProcessor::new, "partials");
        topology.addSink("network-live", Topic.NETWORK_LIVE.topicName(), keys, Wire.json(), "network");

        topology.addSource("mesh-reports", text, Wire.batch(), Topic.NETWORK_REPORTS.topicName());
        topology.addProcessor("mesh", () -> new MeshProcessor(live), "mesh-reports");
        topology.addStateStore(mesh(), "mesh");
        topology.addSink(LINKS_LIVE, Topic.LINKS_LIVE.topicName(), keys, Wire.bytes(), "mesh");
        topology.addSink(PRESENCE, Topic.HOSTS_PRESENCE.topicName(), keys, Wire.bytes(), "mesh");
        topology.addSink(NETWORK_TOPOLOGY, Topic.NETWORK_TOPOLOGY.topicName(), keys, Wire.bytes(), "mesh");
        topology.addSink(NETWORK_INCIDENTS, Topic.NETWORK_INCIDENTS.topicName(), keys, Wire.bytes(), "mesh");
        topology.addSink(CONCLUSIONS, Topic.METRICS_POINTS.topicName(), keys, Wire.batches(), "mesh");
        return topology;
    }

    private static StoreBuilder<KeyValueStore<byte[], byte[]>> journal() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(WindowProcessor.JOURNAL), Serdes.ByteArray(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(JOURNAL_CHANGELOG);
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> mesh() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(MeshProcessor.MESH), Serdes.String(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(HOSTS_CHANGELOG);
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> hosts() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(HostProcessor.HOSTS), Serdes.String(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(HOSTS_CHANGELOG);
    }
}
