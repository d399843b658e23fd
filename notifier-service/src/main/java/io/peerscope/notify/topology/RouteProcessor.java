package io.peerscope.notify.topology;

import static java.util.Objects.requireNonNull;

import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.foundation.streams.PromptCommit;
import io.peerscope.foundation.trace.Span;
import io.peerscope.foundation.trace.Tracer;
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
    private final Tracer tracer;
    private Span span = Span.NONE;
    private @Nullable ProcessorContext<String, AlertEvent> context;
    private @Nullable PromptCommit commit;
    private @Nullable KeyValueStore<String, Route> routes;
    private @Nullable KnownControl control;

    RouteProcessor(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void init(ProcessorContext<String, AlertEvent> newContext) {
        context = newContext;
        commit = new PromptCommit(newContext);
        routes = newContext.getStateStore(NotifierTopology.ROUTES_STORE);
        control = new KnownControl(newContext);
    }

    @Override
    public void process(Record<String, @Nullable Object> row) {
        if (row.value() instanceof AlertEvent event) {
            traced(event, row);
        } else {
            requireNonNull(control).change(row);
        }
    }

    private void traced(AlertEvent event, Record<String, @Nullable Object> row) {
        span = tracer.follow("route " + event.transition().word(), row.headers());
        try {
            route(event, row.timestamp());
        } finally {
            span.end();
            span = Span.NONE;
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
                        route.cause() || requireNonNull(control).inhibitors().mayInhibit(event.data());
                Set<String> wanted = new TreeSet<>(before);
                requireNonNull(control).channels().stream()
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
            requireNonNull(context).forward(new Record<>(id, event, timestamp, span.headers()));
            requireNonNull(commit).sent();
        }
    }
}
