package io.peerscope.aggregate.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.peerscope.aggregate.live.LiveConfig;
import io.peerscope.aggregate.topology.AggregatorTopology;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.rollup.RollupPlan;
import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.BackgroundStart;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.KafkaSettings;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.foundation.setting.ChangedSettings;
import io.peerscope.foundation.streams.HostedStreams;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** The aggregator's life: waits for Kafka in the background, runs the topology, stops it in order. */
@Singleton
public class AggregatorStreams {
    private static final String NAME = "aggregator";

    private final KafkaConfig kafka;
    private final int threads;
    private final AggregatorTopology topology;
    private final ChangedSettings<LiveConfig> changes;
    private final BackgroundStart start;
    private volatile @Nullable HostedStreams streams;

    AggregatorStreams(KafkaSettings kafka, AggregatorSettings settings, MeterRegistry registry) {
        this.kafka = kafka.toConfig();
        this.threads = settings.threads();
        LiveConfig configured = settings.liveConfig();
        this.changes = new ChangedSettings<>(
                new KafkaClients(this.kafka),
                "aggregator-settings",
                configured,
                Setting.ownedBy(Setting.Owner.AGGREGATOR),
                configured::with);
        this.topology = new AggregatorTopology(
                settings.windowConfig(),
                new RollupPlan(MetricCatalogue.load()),
                changes::now,
                new AggregatorMetrics(registry));
        this.start = new BackgroundStart(NAME, this::open);
    }

    void onStart(@Observes StartupEvent event) {
        start.start();
    }

    void onStop(@Observes ShutdownEvent event) {
        start.close();
        HostedStreams running = streams;
        if (running != null) {
            running.close();
        }
        changes.close();
    }

    private void open() {
        try (Admin admin = new KafkaClients(kafka).admin(NAME + "-topics")) {
            new Topics(admin, kafka).ensure();
        }
        changes.start();
        streams = HostedStreams.start(
                Application.AGGREGATOR,
                topology.get(),
                kafka,
                Topic.METRICS_POINTS_DLQ,
                Map.of(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads));
    }

    List<Condition> conditions() {
        HostedStreams running = streams;
        return running == null
                ? List.of(start.condition())
                : List.of(start.condition(), running.condition(), changes.condition());
    }
}
