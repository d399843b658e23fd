package io.peerscope.notify.topology;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.notify.route.Matchers;
import io.peerscope.notify.route.Routed;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Fans an event out to the channels that match. Every task knows every channel, because channels are written to every
 * partition; only the task of partition 0 passes a change of a channel on, so that it arrives once.
 */
final class RouteProcessor implements Processor<String, @Nullable Object, String, Routed> {
    private @Nullable ProcessorContext<String, Routed> context;
    private @Nullable KeyValueStore<String, Channel> store;
    private final Map<String, Channel> channels = new TreeMap<>();

    @Override
    public void init(ProcessorContext<String, Routed> newContext) {
        context = newContext;
        KeyValueStore<String, Channel> opened = newContext.getStateStore(NotifierTopology.CHANNELS_STORE);
        store = opened;
        channels.clear();
        try (KeyValueIterator<String, Channel> all = opened.all()) {
            while (all.hasNext()) {
                KeyValue<String, Channel> entry = all.next();
                channels.put(entry.key, entry.value);
            }
        }
    }

    @Override
    public void process(Record<String, @Nullable Object> row) {
        switch (row.value()) {
            case AlertEvent event -> route(event, row.timestamp());
            case Channel channel -> change(row.key(), channel, row.timestamp());
            case null -> change(row.key(), null, row.timestamp());
            default -> throw new IllegalStateException("neither event nor channel: " + row.value());
        }
    }

    private void route(AlertEvent event, long timestamp) {
        Alert alert = event.data();
        for (Channel channel : channels.values()) {
            if (Matchers.accept(channel, alert)) {
                context().forward(new Record<>(channel.id(), new Routed(channel, event), timestamp));
            }
        }
    }

    private void change(String id, @Nullable Channel channel, long timestamp) {
        KeyValueStore<String, Channel> known = java.util.Objects.requireNonNull(store);
        if (channel == null) {
            channels.remove(id);
            known.delete(id);
        } else {
            channels.put(id, channel);
            known.put(id, channel);
        }
        if (context().taskId().partition() == 0) {
            context().forward(new Record<>(id, new Routed(channel, null), timestamp));
        }
    }

    private ProcessorContext<String, Routed> context() {
        return java.util.Objects.requireNonNull(context);
    }
}
