package io.peerscope.notify.topology;

import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.notify.policy.Held;
import io.peerscope.notify.policy.SendWindow;
import io.peerscope.notify.policy.Told;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * {@code route} sends each event of alerts.events to every channel that wants it; {@code policy} decides, in the
 * partition of the channel, what becomes a message in notifications.outbox. Both read all channels.
 */
public final class NotifierTopology implements Supplier<Topology> {
    static final String CHANNELS_STORE = "notifier-channels";
    static final String ROUTES_STORE = "notifier-routes";
    static final String WINDOWS_STORE = "notifier-windows";
    static final String TOLD_STORE = "notifier-told-alerts";

    private final Consumer<Held> heldMeter;

    /** @param heldMeter hears of every event that became no message */
    public NotifierTopology(Consumer<Held> heldMeter) {
        this.heldMeter = heldMeter;
    }

    @Override
    public Topology get() {
        Topology topology = new Topology();
        Serde<AlertEvent> events = JsonSerde.of(AlertEvent.class);
        source(topology, "events", events, Topic.ALERTS_EVENTS);
        source(topology, "channels", JsonSerde.of(Channel.class), Topic.NOTIFICATIONS_CHANNELS);
        source(topology, "routed-in", events, Topic.NOTIFICATIONS_ROUTED);
        topology.addProcessor("route", RouteProcessor::new, "channels", "events")
                .addProcessor("policy", () -> new PolicyProcessor(heldMeter), "channels", "routed-in")
                .addStateStore(store(CHANNELS_STORE, Channel.class), "route", "policy")
                .addStateStore(store(ROUTES_STORE, Route.class), "route")
                .addStateStore(store(WINDOWS_STORE, SendWindow.class), "policy")
                .addStateStore(store(TOLD_STORE, Told.class), "policy");
        sink(topology, "routed-out", events, Topic.NOTIFICATIONS_ROUTED, "route");
        sink(topology, "outbox", JsonSerde.of(OutboxMessage.class), Topic.NOTIFICATIONS_OUTBOX, "policy");
        return topology;
    }

    private static void source(Topology topology, String name, Serde<?> values, Topic topic) {
        topology.addSource(name, Serdes.String().deserializer(), values.deserializer(), topic.topicName());
    }

    private static void sink(Topology topology, String name, Serde<?> values, Topic topic, String parent) {
        topology.addSink(name, topic.topicName(), Serdes.String().serializer(), values.serializer(), parent);
    }

    private static <V> StoreBuilder<?> store(String name, Class<V> type) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), JsonSerde.of(type));
    }
}
