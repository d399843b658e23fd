package io.peerscope.benchmarks.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.RecordLoop;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * When the firing of each host's alert could be read from the topics between the two ends, by one who sees committed
 * records only, as the services do. What lies between two of them is the time of one service.
 */
public final class Waypoints implements AutoCloseable {
    private static final List<Topic> TOPICS =
            List.of(Topic.ALERTS_EVENTS, Topic.NOTIFICATIONS_ROUTED, Topic.NOTIFICATIONS_OUTBOX);

    private final Map<String, Arrivals> arrivals = new HashMap<>();
    private final RecordLoop loop;

    private Waypoints(String bootstrapServers) {
        KafkaClients clients = new KafkaClients(KafkaConfig.local(bootstrapServers, Path.of("benchmarks/target")));
        this.loop = new RecordLoop(clients, "benchmark-waypoints", TOPICS, RecordLoop.From.END, this::note);
    }

    /** Returns when it reads. */
    public static Waypoints watch(String bootstrapServers) {
        Waypoints waypoints = new Waypoints(bootstrapServers);
        waypoints.loop.start();
        while (!waypoints.loop.caughtUp()) {
            LockSupport.parkNanos(1_000_000);
        }
        return waypoints;
    }

    private void note(ConsumerRecord<String, byte[]> row) {
        Instant now = Instant.now();
        JsonNode value = Json.decode(row.value(), JsonNode.class);
        if (value.path("type").asText().endsWith("alert.firing")) {
            synchronized (this) {
                Arrivals at = arrivals.computeIfAbsent(row.topic(), topic -> new Arrivals());
                at.add(value.at("/data/host").asText(), now);
                value.path("alerts").forEach(alert -> at.add(alert.path("host").asText(), now));
            }
        }
    }

    /** By topic, in the order of the way. */
    synchronized Map<String, Distribution.Summary> since(List<Probe> probes) {
        Map<String, Distribution.Summary> all = new LinkedHashMap<>();
        TOPICS.stream()
                .map(Topic::topicName)
                .forEach(topic -> all.put(
                        topic, arrivals.getOrDefault(topic, new Arrivals()).since(probes)));
        return all;
    }

    @Override
    public void close() {
        loop.close();
    }
}
