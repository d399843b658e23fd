package io.peerscope.alert.wiring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.peerscope.alert.evaluation.EvaluationCounts;
import io.peerscope.alert.topology.AlertTopology;
import io.peerscope.alert.topology.EvaluationLag;
import io.peerscope.alert.topology.TopicPast;
import io.peerscope.alert.topology.TopicPointsRead;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.BackgroundStart;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.KafkaSettings;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.foundation.streams.HostedStreams;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.foundation.trace.Tracing;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** Runs the alert topology from the start of the process to its end. */
@Singleton
public class AlertService {
    private final EvaluationCounts counts = new EvaluationCounts();
    private final EvaluationLag lag = new EvaluationLag();
    private final AtomicReference<@Nullable HostedStreams> streams = new AtomicReference<>();
    private final AtomicReference<@Nullable TopicPointsRead> read = new AtomicReference<>();
    private final AlertSettings settings;
    private final KafkaConfig kafka;
    private final Tracer tracer;
    private final BackgroundStart start;

    public AlertService(AlertSettings settings, KafkaSettings kafka, MeterRegistry meters, Tracing tracing) {
        this.settings = settings;
        this.kafka = kafka.toConfig();
        this.tracer = tracing.of("alert-service");
        this.start = new BackgroundStart("alert-service", this::open);
        count(meters, "peerscope.alert.judged", "Values held against rules", EvaluationCounts::judgedTotal);
        count(meters, "peerscope.alert.late", "Values repeated or out of order", EvaluationCounts::lateTotal);
        count(meters, "peerscope.alert.events", "Events told", EvaluationCounts::eventsTotal);
        count(
                meters,
                "peerscope.alert.commands.ignored",
                "Commands that changed nothing",
                EvaluationCounts::ignoredCommandsTotal);
        count(meters, "peerscope.alert.orphans", "Alerts found without their rule", EvaluationCounts::orphansTotal);
        count(
                meters,
                "peerscope.alert.uncounted",
                "Subjects of groups that would have been too many",
                EvaluationCounts::uncountedTotal);
        Gauge.builder("peerscope.alert.behind", lag, known -> known.behind(System.currentTimeMillis()) / 1_000.0)
                .baseUnit("seconds")
                .description("How long the oldest sample that is not judged has been there")
                .tag("service", "alert")
                .register(meters);
    }

    void onStart(@Observes StartupEvent event) {
        start.start();
    }

    void onStop(@Observes ShutdownEvent event) {
        start.close();
        HostedStreams running = streams.getAndSet(null);
        if (running != null) {
            running.close();
        }
        TopicPointsRead reading = read.getAndSet(null);
        if (reading != null) {
            reading.close();
        }
    }

    List<Condition> conditions() {
        HostedStreams running = streams.get();
        TopicPointsRead reading = read.get();
        return running == null || reading == null
                ? List.of(start.condition())
                : List.of(
                        start.condition(),
                        running.condition(),
                        reading.condition(),
                        lag.condition(System.currentTimeMillis()));
    }

    private void open() {
        KafkaClients clients = new KafkaClients(kafka);
        try (Admin admin = clients.admin("alert-admin")) {
            new Topics(admin, kafka).ensure();
        }
        TopicPointsRead reading = TopicPointsRead.start(clients, System::currentTimeMillis);
        try {
            streams.set(HostedStreams.start(
                    Application.ALERT,
                    new AlertTopology(
                                    settings.toConfig(),
                                    counts,
                                    lag,
                                    new TopicPast(clients, System::currentTimeMillis),
                                    reading,
                                    tracer)
                            .get(),
                    kafka,
                    Topic.METRICS_POINTS_DLQ,
                    HostedStreams.urgent(settings.commitInterval())));
        } catch (RuntimeException e) {
            reading.close(); // the next try begins with one of its own
            throw e;
        }
        read.set(reading);
    }

    private void count(
            MeterRegistry meters, String name, String description, ToDoubleFunction<EvaluationCounts> total) {
        FunctionCounter.builder(name, counts, total)
                .description(description)
                .tag("service", "alert")
                .register(meters);
    }
}
