package io.peerscope.notify.topology;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.Contributor;
import io.peerscope.contracts.notify.HeldRecord;
import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.notify.outbox.KafkaReturns;
import io.peerscope.notify.policy.Held;
import io.peerscope.notify.policy.Incidents;
import io.peerscope.notify.policy.SendWindow;
import io.peerscope.notify.policy.Told;
import io.peerscope.notify.policy.Undelivered;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * {@code route} sends each event of alerts.events to every channel that wants it; {@code policy} decides, in the
 * partition of the channel, what becomes a message in notifications.outbox; what does not is in notifications.held. Both
 * read all channels and inhibitions. Events of alerts that inhibit others go to every partition. What could not be
 * delivered comes back to {@code policy} by the way of the events.
 */
public final class NotifierTopology implements Supplier<Topology> {
    static final String CHANNELS_STORE = "notifier-channels";
    static final String ROUTES_STORE = "notifier-routes";
    static final String WINDOWS_STORE = "notifier-windows";
    static final String TOLD_STORE = "notifier-told-alerts";
    static final String INHIBITIONS_STORE = "notifier-inhibitions";
    static final String CAUSES_STORE = "notifier-causes";
    static final String OUTBOX = "outbox";
    static final String HELD = "held";

    private final Consumer<Held> heldMeter;
    private final Function<Alert, List<Contributor>> contributors;
    private final Incidents incidents;
    private final Tracer tracer;

    /**
     * @param heldMeter hears of every event that became no message
     * @param contributors who has the largest part in an alert at this moment
     */
    public NotifierTopology(
            Consumer<Held> heldMeter,
            Function<Alert, List<Contributor>> contributors,
            Incidents incidents,
            Tracer tracer) {
        this.heldMeter = heldMeter;
        this.contributors = contributors;
        this.incidents = incidents;
        this.tracer = tracer;
    }

    @Override
    public Topology get() {
        Topology topology = new Topology();
        Serde<AlertEvent> events = JsonSerde.of(AlertEvent.class);
        source(topology, "events", events, Topic.ALERTS_EVENTS);
        source(topology, "channels", JsonSerde.of(Channel.class), Topic.NOTIFICATIONS_CHANNELS);
        source(topology, "inhibitions", JsonSerde.of(Inhibition.class), Topic.NOTIFICATIONS_INHIBITIONS);
        topology.addSource(
                "routed-in",
                Serdes.String().deserializer(),
                JsonSerde.either(AlertEvent.class, KafkaReturns.HEADER, Undelivered.class),
                Topic.NOTIFICATIONS_ROUTED.topicName());
        topology.addProcessor("route", () -> new RouteProcessor(tracer), "channels", "inhibitions", "events")
                .addProcessor(
                        "policy",
                        () -> new PolicyProcessor(heldMeter, contributors, incidents, tracer),
                        "channels",
                        "inhibitions",
                        "routed-in")
                .addStateStore(store(CHANNELS_STORE, Channel.class), "route", "policy")
                .addStateStore(store(INHIBITIONS_STORE, Inhibition.class), "route", "policy")
                .addStateStore(store(CAUSES_STORE, Alert.class), "route", "policy")
                .addStateStore(store(ROUTES_STORE, Route.class), "route")
                .addStateStore(store(WINDOWS_STORE, SendWindow.class), "policy")
                .addStateStore(store(TOLD_STORE, Told.class), "policy");
        topology.addSink(
                "routed-out",
                Topic.NOTIFICATIONS_ROUTED.topicName(),
                Serdes.String().serializer(),
                events.serializer(),
                new ToAllPartitions(),
                "route");
        sink(topology, OUTBOX, JsonSerde.of(OutboxMessage.class), Topic.NOTIFICATIONS_OUTBOX);
        sink(topology, HELD, JsonSerde.of(HeldRecord.class), Topic.NOTIFICATIONS_HELD);
        return topology;
    }

    private static void source(Topology topology, String name, Serde<?> values, Topic topic) {
        topology.addSource(name, Serdes.String().deserializer(), values.deserializer(), topic.topicName());
    }

    private static void sink(Topology topology, String name, Serde<?> values, Topic topic) {
        topology.addSink(name, topic.topicName(), Serdes.String().serializer(), values.serializer(), "policy");
    }

    private static <V> StoreBuilder<?> store(String name, Class<V> type) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), JsonSerde.of(type));
    }
}
