package io.peerscope.query.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.peerscope.query.export.Family;
import io.prometheus.client.Collector;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Puts P2P metrics beside those of the process; they are made when somebody scrapes. */
final class PeerMetricsExport extends Collector implements Collector.Describable {
    private final Supplier<List<Family>> families;

    PeerMetricsExport(Supplier<List<Family>> families) {
        this.families = families;
    }

    /** Does nothing where nothing is exported to Prometheus. */
    void on(MeterRegistry meters) {
        Stream<MeterRegistry> all = meters instanceof CompositeMeterRegistry composite
                ? composite.getRegistries().stream()
                : Stream.of(meters);
        all.filter(PrometheusMeterRegistry.class::isInstance)
                .map(PrometheusMeterRegistry.class::cast)
                .forEach(registry -> registry.getPrometheusRegistry().register(this));
    }

    /** Names differ from those of the process by their beginnings, so none needs to be looked at in advance. */
    @Override
    public List<MetricFamilySamples> describe() {
        return List.of();
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return families.get().stream()
                .map(family ->
                        new MetricFamilySamples(family.name(), type(family.type()), family.help(), samples(family)))
                .toList();
    }

    private static Type type(Family.Type type) {
        return switch (type) {
            case COUNTER -> Type.COUNTER;
            case GAUGE -> Type.GAUGE;
            case SPREAD -> Type.GAUGE_HISTOGRAM;
        };
    }

    private static List<MetricFamilySamples.Sample> samples(Family family) {
        return family.lines().stream()
                .map(line -> new MetricFamilySamples.Sample(
                        line.name(), line.labelNames(), line.labelValues(), line.value()))
                .toList();
    }
}
