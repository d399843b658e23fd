package io.peerscope.testkit.infrastructure;

import io.peerscope.embedded.KafkaOptions;
import java.nio.file.Path;
import java.util.Optional;

/** A Kafka broker and a PostgreSQL that belong to one test. */
public sealed interface Infrastructure extends AutoCloseable permits EmbeddedInfrastructure, ContainerInfrastructure {
    String bootstrapServers();

    Database database();

    /** {@code kill -9}; returns when another one runs on the same data. */
    void killBroker();

    /** {@code kill -9} of the postmaster; returns when another one runs on the same data. */
    void killDatabase();

    /** The broker's process, to which faults come as signals; empty where it is in a container. */
    Optional<ProcessHandle> broker();

    @Override
    void close();

    /**
     * The embedded ones, or with {@code -Dpeerscope.test.containers=true} the official images.
     *
     * @param data folder of the embedded ones
     * @param brokerJars folder with the embedded broker's class path
     */
    static Infrastructure start(Path data, Path brokerJars) {
        return Boolean.getBoolean("peerscope.test.containers")
                ? ContainerInfrastructure.start()
                : EmbeddedInfrastructure.start(data, brokerJars, Optional.empty());
    }

    /** Embedded ones, whose broker has another way in. */
    static Infrastructure start(Path data, Path brokerJars, KafkaOptions.Passage passage) {
        return EmbeddedInfrastructure.start(data, brokerJars, Optional.of(passage));
    }
}
