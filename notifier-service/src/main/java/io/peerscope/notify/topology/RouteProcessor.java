package io.peerscope.notify.topology;

import static java.util.Objects.requireNonNull;

import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.streams.PromptCommit;
import io.peerscope.notify.policy.Matchers;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Fans an event out to the channels that match, and to those that an earlier event of the same episode went to: they may
 * have told somebody, who is to hear of the rest whatever the channel has come to match since.
 */
final class RouteProcessor implements Processor<String, @Nullable Object, String, AlertEvent> {
    private @Nullable ProcessorContext<String, AlertEvent> context;
    private @Nullable PromptCommit commit;
    private @Nullable KeyValueStore<String, Route> routes;
    private @Nullable KnownChannels channels;
    private @Nullable KnownInhibitors inhibitors;

    @Override
    public void init(ProcessorContext<String, AlertEvent> newContext) {
        context = newContext;
        commit = new PromptCommit(newContext);
        routes = newContext.getStateStore(NotifierTopology.ROUTES_STORE);
        channels = new KnownChannels(newContext.getStateStore(NotifierTopology.CHANNELS_STORE));
        inhibitors = new KnownInhibitors(
                newContext.getStateStore(NotifierTopology.INHIBITIONS_STORE),
                newContext.getStateStore(NotifierTopology.CAUSES_STORE));
    }

    @Override
    public void process(Record<String, @Nullable Object> row) {
        switch (row.value()) {
            case AlertEvent event -> route(event, row.timestamp());
            case Channel channel -> requireNonNull(channels).change(row.key(), channel);
            case Inhibition inhibition -> requireNonNull(inhibitors).change(row.key(), inhibition);
            case null -> removed(row.key());
            default -> throw new IllegalStateException("no event, channel or inhibition: " + row.value());
        }
    }

    private void removed(String id) {
        if (NotifierTopology.isFrom(Topic.NOTIFICATIONS_INHIBITIONS, requireNonNull(context))) {
            requireNonNull(inhibitors).change(id, null);
        } else {
            requireNonNull(channels).change(id, null);
        }
    }

    private void route(AlertEvent event, long timestamp) {
        String key = event.data().key();
        KeyValueStore<String, Route> known = requireNonNull(routes);
        Route route = Optional.ofNullable(known.get(key)).orElse(new Route(Set.of(), false));
        Set<String> before = route.channels();
        switch (event.transition()) {
            case FIRING, NO_DATA, SEVERITY_CHANGED, UNSILENCED, REOPENED, FLAPPING, STEADY -> {
                if (event.data().status() == AlertStatus.PENDING) {
                    return;
                }
                if (event.data().status() == AlertStatus.RESOLVED) {
                    end(event, route, timestamp);
                    return;
                }
                boolean cause =
                        route.cause() || requireNonNull(inhibitors).view().mayInhibit(event.data());
                Set<String> wanted = new TreeSet<>(before);
                requireNonNull(channels).all().stream()
                        .filter(channel -> Matchers.accept(channel, event.data()))
                        .forEach(channel -> wanted.add(channel.id()));
                if (!wanted.equals(before) || cause != route.cause()) {
                    known.put(key, new Route(wanted, cause));
                }
                if (cause) {
                    send(event, Set.of(ToAllPartitions.KEY), timestamp);
                }
                send(event, wanted, timestamp);
            }
            case ACKNOWLEDGED, UNACKNOWLEDGED, ASSIGNED, NOTED, SILENCED -> send(event, before, timestamp);
            case RESOLVED -> end(event, route, timestamp);
            case PENDING, DROPPED -> {
                // Nobody hears of what did not fire.
            }
        }
    }

    /** While it flaps, the last word on it is still to be said. */
    private void end(AlertEvent event, Route before, long timestamp) {
        send(event, before.channels(), timestamp);
        if (before.cause()) {
            send(event, Set.of(ToAllPartitions.KEY), timestamp);
        }
        if (!event.data().flapping()) {
            requireNonNull(routes).delete(event.data().key());
        }
    }

    private void send(AlertEvent event, Set<String> channelIds, long timestamp) {
        for (String id : channelIds) {
            requireNonNull(context).forward(new Record<>(id, event, timestamp));
            requireNonNull(commit).sent();
        }
    }
}
