package io.peerscope.foundation.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@code peerscope.kafka.*}, the same for every service; meaning and limits are those of {@link KafkaConfig}. */
@ConfigMapping(prefix = "peerscope.kafka")
public interface KafkaSettings {
    @WithDefault("127.0.0.1:9092")
    String bootstrapServers();

    @WithDefault("4")
    int partitions();

    @WithDefault("1")
    short replication();

    @WithDefault("data/streams")
    Path stateDir();

    /** The host name where it is not given: stable for a machine and for a pod of a StatefulSet. */
    Optional<String> instance();

    Map<String, String> client();

    default KafkaConfig toConfig() {
        String hostname = System.getenv().getOrDefault("HOSTNAME", "local");
        return new KafkaConfig(
                bootstrapServers(),
                partitions(),
                replication(),
                stateDir(),
                instance().orElse(hostname),
                client());
    }
}
