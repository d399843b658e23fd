package io.peerscope.notify.topology;

import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.notify.policy.Held;
import io.peerscope.notify.policy.Told;
import io.peerscope.notify.route.Routed;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * alerts.events and notifications.channels meet in {@code route}, which sends each event to every channel that wants it;
 * {@code policy} decides, one channel at a time, what becomes a message in notifications.outbox.
 */
public final class NotifierTopology implements Supplier<Topology> {
    static final String CHANNELS_STORE = "notifier-channels";
    static final String STATES_STORE = "notifier-channel-states";
    static final String TOLD_STORE = "notifier-told";

    private final Consumer<Held> heldMeter;

    /** @param heldMeter hears of every event that became no message */
    public NotifierTopology(Consumer<Held> heldMeter) {
        this.heldMeter = heldMeter;
    }

    @Override
    public Topology get() {
        Serde<String> keys = Serdes.String();
        Serde<AlertEvent> events = JsonSerde.of(AlertEvent.class);
        Serde<Channel> channels = JsonSerde.of(Channel.class);
        Serde<Routed> routed = JsonSerde.of(Routed.class);
        Serde<OutboxMessage> messages = JsonSerde.of(OutboxMessage.class);
        return new Topology()
                .addSource("events", keys.deserializer(), events.deserializer(), Topic.ALERTS_EVENTS.topicName())
                .addSource(
                        "channels",
                        keys.deserializer(),
                        channels.deserializer(),
                        Topic.NOTIFICATIONS_CHANNELS.topicName())
                .addProcessor("route", RouteProcessor::new, "events", "channels")
                .addStateStore(
                        Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(CHANNELS_STORE), keys, channels),
                        "route")
                .addSink(
                        "routed-out",
                        Topic.NOTIFICATIONS_ROUTED.topicName(),
                        keys.serializer(),
                        routed.serializer(),
                        "route")
                .addSource(
                        "routed-in", keys.deserializer(), routed.deserializer(), Topic.NOTIFICATIONS_ROUTED.topicName())
                .addProcessor("policy", () -> new PolicyProcessor(heldMeter), "routed-in")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(STATES_STORE), keys, JsonSerde.of(ChannelState.class)),
                        "policy")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(TOLD_STORE), keys, JsonSerde.of(Told.class)),
                        "policy")
                .addSink(
                        "outbox",
                        Topic.NOTIFICATIONS_OUTBOX.topicName(),
                        keys.serializer(),
                        messages.serializer(),
                        "policy");
    }
}
