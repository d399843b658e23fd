package io.peerscope.foundation.kafka;

import java.nio.file.Path;
import java.util.Map;

/**
 * How this process reaches Kafka.
 *
 * @param partitions of every topic that is partitioned by host; cannot be changed later without moving data
 * @param replication of every topic; with 3 or more, two replicas must confirm a write
 * @param stateDir where Kafka Streams keeps its stores; should survive a restart
 * @param instance stable name of this instance among others of its service, so that a restart needs no rebalance
 * @param client further client settings (TLS, SASL), passed on unchanged
 */
public record KafkaConfig(
        String bootstrapServers,
        int partitions,
        short replication,
        Path stateDir,
        String instance,
        Map<String, String> client) {

    public KafkaConfig {
        require(!bootstrapServers.isBlank(), "peerscope.kafka.bootstrap-servers must not be empty", "");
        require(partitions > 0, "peerscope.kafka.partitions must be at least 1, was %s", partitions);
        require(replication > 0, "peerscope.kafka.replication must be at least 1, was %s", replication);
        require(instance.matches("[A-Za-z0-9._-]+"), "peerscope.kafka.instance has odd characters: %s", instance);
        client = Map.copyOf(client);
    }

    /** For tests and tools: one broker, few partitions. */
    public static KafkaConfig local(String bootstrapServers, Path stateDir) {
        return new KafkaConfig(bootstrapServers, 4, (short) 1, stateDir, "local", Map.of());
    }

    private static void require(boolean holds, String message, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(value));
        }
    }
}
