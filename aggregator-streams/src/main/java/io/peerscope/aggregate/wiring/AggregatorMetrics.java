package io.peerscope.aggregate.wiring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.peerscope.aggregate.AggregatorMeter;

/** The meter as Prometheus sees it: {@code peerscope_aggregator_*_total}. */
final class AggregatorMetrics implements AggregatorMeter {
    private final Counter received;
    private final Counter windowed;
    private final Counter late;
    private final Counter closedInOrder;
    private final Counter closedRecounted;
    private final Counter handedOver;
    private final Counter truncated;

    AggregatorMetrics(MeterRegistry registry) {
        received = counter(registry, "points.received", "Points with a value, in readable records");
        windowed = counter(registry, "points.windowed", "Points that an open window took");
        late = counter(registry, "points.late", "Points of closed windows, left to the database");
        closedInOrder =
                counter(registry, "windows.closed", "Windows of a subject that were rolled up", "how", "in_order");
        closedRecounted =
                counter(registry, "windows.closed", "Windows of a subject that were rolled up", "how", "recounted");
        handedOver = counter(registry, "windows.handed.over", "Windows of a host too large to be kept here");
        truncated = counter(registry, "live.truncated", "Entries a host's live state had no room for");
    }

    private static Counter counter(MeterRegistry registry, String name, String description, String... tags) {
        return Counter.builder("peerscope.aggregator." + name)
                .description(description)
                .tag("service", "aggregator")
                .tags(tags)
                .register(registry);
    }

    @Override
    public void received(int points) {
        received.increment(points);
    }

    @Override
    public void windowed(int points) {
        windowed.increment(points);
    }

    @Override
    public void late(int points) {
        late.increment(points);
    }

    @Override
    public void closed(boolean recounted) {
        (recounted ? closedRecounted : closedInOrder).increment();
    }

    @Override
    public void handedOver() {
        handedOver.increment();
    }

    @Override
    public void truncated(int entries) {
        truncated.increment(entries);
    }
}
