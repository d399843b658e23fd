package io.peerscope.alert.topology;

import io.peerscope.alert.evaluation.EvaluationConfig;
import io.peerscope.alert.evaluation.EvaluationCounts;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.trace.Tracer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Points, rules, silences and commands of a partition meet in one processor, whose stores are in the same transaction as
 * the events it sends. Points and commands are keyed by host and each rule and silence is in every partition, so nothing is
 * repartitioned. Rules over many hosts take two levels: each task's counts go, keyed like a host that stands for any,
 * through a topic to the one task that adds them up. Commands for alerts of such rules have the same key.
 * Names of operators and stores are names of topics and state: changing one loses what it holds.
 */
public final class AlertTopology implements Supplier<Topology> {
    static final String RULES_STORE = "alert-rules";
    static final String SILENCES_STORE = "alert-silences";
    static final String SUBJECTS_STORE = "alert-subjects";
    static final String EPISODES_STORE = "alert-episodes";
    static final String EXPECTATIONS_STORE = "alert-expectations";
    static final String PARTIALS_STORE = "alert-partials";
    static final String PARTIALS_SINK = "partials-out";
    static final String EVENTS_SINK = "events-out";
    static final String ACTIVE_SINK = "active-out";
    private static final String EVALUATE = "evaluate";

    private final EvaluationConfig config;
    private final EvaluationCounts counts;
    private final EvaluationLag lag;
    private final PastPoints past;
    private final PointsRead read;
    private final Tracer tracer;
    private final Function<String, KeyValueBytesStoreSupplier> stores;

    public AlertTopology(
            EvaluationConfig config,
            EvaluationCounts counts,
            EvaluationLag lag,
            PastPoints past,
            PointsRead read,
            Tracer tracer) {
        this(config, counts, lag, past, read, tracer, Stores::persistentKeyValueStore);
    }

    AlertTopology(
            EvaluationConfig config,
            EvaluationCounts counts,
            EvaluationLag lag,
            PastPoints past,
            PointsRead read,
            Tracer tracer,
            Function<String, KeyValueBytesStoreSupplier> stores) {
        this.config = config;
        this.counts = counts;
        this.lag = lag;
        this.past = past;
        this.read = read;
        this.tracer = tracer;
        this.stores = stores;
    }

    @Override
    public Topology get() {
        StringDeserializer keys = new StringDeserializer();
        ByteArrayDeserializer values = new ByteArrayDeserializer();
        return new Topology()
                .addSource("points-in", keys, values, Topic.METRICS_POINTS.topicName())
                .addSource("rules-in", keys, values, Topic.ALERTS_RULES.topicName())
                .addSource("silences-in", keys, values, Topic.ALERTS_SILENCES.topicName())
                .addSource("expectations-in", keys, values, Topic.ALERTS_EXPECTATIONS.topicName())
                .addSource("commands-in", keys, values, Topic.ALERTS_COMMANDS.topicName())
                .addSource("partials-in", keys, values, Topic.ALERTS_PARTIALS.topicName())
                .addProcessor(
                        EVALUATE,
                        () -> new AlertProcessor(config, counts, lag, past, read, tracer),
                        "points-in",
                        "rules-in",
                        "silences-in",
                        "expectations-in",
                        "commands-in",
                        "partials-in")
                .addStateStore(store(RULES_STORE), EVALUATE)
                .addStateStore(store(SILENCES_STORE), EVALUATE)
                .addStateStore(store(SUBJECTS_STORE), EVALUATE)
                .addStateStore(store(EPISODES_STORE), EVALUATE)
                .addStateStore(store(EXPECTATIONS_STORE), EVALUATE)
                .addStateStore(store(PARTIALS_STORE), EVALUATE)
                .addSink(
                        PARTIALS_SINK,
                        Topic.ALERTS_PARTIALS.topicName(),
                        new StringSerializer(),
                        new ByteArraySerializer(),
                        EVALUATE)
                .addSink(
                        EVENTS_SINK,
                        Topic.ALERTS_EVENTS.topicName(),
                        new StringSerializer(),
                        new ByteArraySerializer(),
                        EVALUATE)
                .addSink(
                        ACTIVE_SINK,
                        Topic.ALERTS_ACTIVE.topicName(),
                        new StringSerializer(),
                        new ByteArraySerializer(),
                        EVALUATE);
    }

    private StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(stores.apply(name), Serdes.String(), Serdes.ByteArray());
    }
}
