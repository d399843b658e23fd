package io.peerscope.notify.topology;

import static java.util.Objects.requireNonNull;

import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.notify.Channel;
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
    private @Nullable KeyValueStore<String, Route> routes;
    private @Nullable KnownChannels channels;

    @Override
    public void init(ProcessorContext<String, AlertEvent> newContext) {
        context = newContext;
        routes = newContext.getStateStore(NotifierTopology.ROUTES_STORE);
        channels = new KnownChannels(newContext.getStateStore(NotifierTopology.CHANNELS_STORE));
    }

    @Override
    public void process(Record<String, @Nullable Object> row) {
        switch (row.value()) {
            case AlertEvent event -> route(event, row.timestamp());
            case Channel channel -> requireNonNull(channels).change(row.key(), channel);
            case null -> requireNonNull(channels).change(row.key(), null);
            default -> throw new IllegalStateException("neither event nor channel: " + row.value());
        }
    }

    private void route(AlertEvent event, long timestamp) {
        String key = event.data().key();
        KeyValueStore<String, Route> known = requireNonNull(routes);
        Set<String> before =
                Optional.ofNullable(known.get(key)).map(Route::channels).orElse(Set.of());
        switch (event.transition()) {
            case FIRING, NO_DATA, SEVERITY_CHANGED, UNSILENCED, REOPENED, FLAPPING, STEADY -> {
                if (event.data().status() == AlertStatus.PENDING) {
                    return;
                }
                if (event.data().status() == AlertStatus.RESOLVED) {
                    end(event, before, timestamp);
                    return;
                }
                Set<String> wanted = new TreeSet<>(before);
                requireNonNull(channels).all().stream()
                        .filter(channel -> Matchers.accept(channel, event.data()))
                        .forEach(channel -> wanted.add(channel.id()));
                if (!wanted.equals(before)) {
                    known.put(key, new Route(wanted));
                }
                send(event, wanted, timestamp);
            }
            case ACKNOWLEDGED, UNACKNOWLEDGED, ASSIGNED, NOTED, SILENCED -> send(event, before, timestamp);
            case RESOLVED -> end(event, before, timestamp);
            case PENDING, DROPPED -> {
                // Nobody hears of what did not fire.
            }
        }
    }

    /** While it flaps, the last word on it is still to be said. */
    private void end(AlertEvent event, Set<String> before, long timestamp) {
        send(event, before, timestamp);
        if (!event.data().flapping()) {
            requireNonNull(routes).delete(event.data().key());
        }
    }

    private void send(AlertEvent event, Set<String> channelIds, long timestamp) {
        for (String id : channelIds) {
            requireNonNull(context).forward(new Record<>(id, event, timestamp));
        }
    }
}
