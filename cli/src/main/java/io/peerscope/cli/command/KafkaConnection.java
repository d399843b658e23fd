package io.peerscope.cli.command;

import io.peerscope.cli.Failure;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Kafka is, for the few things that only Kafka can tell. */
public final class KafkaConnection {
    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:PEERSCOPE_KAFKA_BOOTSTRAP_SERVERS}",
            description = "Kafka's bootstrap servers; ./run prints them (default: $PEERSCOPE_KAFKA_BOOTSTRAP_SERVERS)")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Properties file with further settings of the client, such as TLS and credentials")
    private @Nullable Path file;

    Optional<KafkaClients> clients() {
        if (bootstrapServers == null || bootstrapServers.isBlank()) {
            return Optional.empty();
        }
        KafkaConfig local = KafkaConfig.local(bootstrapServers, Path.of("."));
        return Optional.of(new KafkaClients(new KafkaConfig(
                local.bootstrapServers(),
                local.partitions(),
                local.replication(),
                local.stateDir(),
                local.instance(),
                settings())));
    }

    KafkaClients needed() {
        return clients()
                .orElseThrow(() -> Failure.usage(
                        "this needs Kafka", "--kafka HOST:PORT says where it is; ./run prints it when it is ready."));
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        // for a person who waits, not for a service that has all day
        settings.put("default.api.timeout.ms", "5000");
        settings.put("request.timeout.ms", "3000");
        if (file != null) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw Failure.usage("%s cannot be read: %s".formatted(file, e.getMessage()), "");
            }
            properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        }
        return settings;
    }
}
