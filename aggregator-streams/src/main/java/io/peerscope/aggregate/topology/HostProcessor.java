package io.peerscope.aggregate.topology;

import static java.util.Objects.requireNonNull;

import io.peerscope.aggregate.AggregatorMeter;
import io.peerscope.aggregate.live.LiveConfig;
import io.peerscope.aggregate.live.LiveHost;
import io.peerscope.aggregate.live.LiveHostCodec;
import io.peerscope.aggregate.live.TaskHosts;
import io.peerscope.contracts.point.PointBatch;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Feeds {@link TaskHosts} with records and ticks; shows hosts, and each second what they add up to. */
final class HostProcessor extends ContextualProcessor<String, ReceivedBatch, String, Object> {
    static final String HOSTS = "live-hosts";
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Supplier<LiveConfig> config;
    private final AggregatorMeter meter;
    private @Nullable TaskHosts hosts;

    HostProcessor(Supplier<LiveConfig> config, AggregatorMeter meter) {
        this.config = config;
        this.meter = meter;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        hosts = new TaskHosts(config, meter, new StoredHosts(context, config));
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, ReceivedBatch> record) {
        requireNonNull(hosts)
                .add(record.value().batch(), record.timestamp(), context().currentSystemTimeMs());
    }

    private void tick(long wallClock) {
        String partition = Integer.toString(context().taskId().partition());
        Object totals = requireNonNull(hosts).tick(wallClock);
        context().forward(new Record<>(partition, totals, wallClock), AggregatorTopology.NETWORK_PARTIALS);
    }

    private static final class StoredHosts implements TaskHosts.HostShelf {
        private final ProcessorContext<String, Object> context;
        private final KeyValueStore<String, byte[]> store;
        private final LiveHostCodec codec;

        StoredHosts(ProcessorContext<String, Object> context, Supplier<LiveConfig> config) {
            this.context = context;
            this.store = context.getStateStore(HOSTS);
            this.codec = new LiveHostCodec(config);
        }

        @Override
        public void load(Map<String, LiveHost> into) {
            try (KeyValueIterator<String, byte[]> all = store.all()) {
                while (all.hasNext()) {
                    KeyValue<String, byte[]> next = all.next();
                    into.put(next.key, codec.decode(next.value));
                }
            }
        }

        @Override
        public void show(String name, LiveHost host, long wallClock) {
            forward(name, host.emit(wallClock), wallClock);
            store.put(name, codec.encode(host));
        }

        @Override
        public void forget(String name, long wallClock) {
            forward(name, null, wallClock);
            store.delete(name);
        }

        @Override
        public void conclude(PointBatch derived) {
            context.forward(
                    new Record<>(derived.host(), derived, derived.receivedAt()), AggregatorTopology.CLOCK_ERRORS);
        }

        @SuppressWarnings("NullAway") // null is Kafka's word for a tombstone
        private void forward(String name, @Nullable Object value, long wallClock) {
            context.forward(new Record<>(name, value, wallClock), AggregatorTopology.HOSTS_LIVE);
        }
    }
}
