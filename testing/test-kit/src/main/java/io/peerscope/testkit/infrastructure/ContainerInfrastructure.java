package io.peerscope.testkit.infrastructure;

import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The official images, run by Testcontainers. */
final class ContainerInfrastructure implements Infrastructure {
    private static final DockerImageName KAFKA = DockerImageName.parse("apache/kafka:4.2.1");
    private static final DockerImageName TIMESCALE =
            DockerImageName.parse("timescale/timescaledb:2.19.3-pg17").asCompatibleSubstituteFor("postgres");

    private final KafkaContainer kafka;
    private final PostgreSQLContainer postgres;

    private ContainerInfrastructure(KafkaContainer kafka, PostgreSQLContainer postgres) {
        this.kafka = kafka;
        this.postgres = postgres;
    }

    static ContainerInfrastructure start() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException(
                    "peerscope.test.containers is set, but no container engine answers. Start one, or leave the property"
                            + " out: then the embedded broker and database are used.");
        }
        KafkaContainer kafka = new KafkaContainer(KAFKA).withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        PostgreSQLContainer postgres = new PostgreSQLContainer(TIMESCALE)
                .withDatabaseName("peerscope")
                .withUsername("peerscope")
                .withPassword("peerscope");
        Startables.deepStart(Stream.of(kafka, postgres)).join();
        return new ContainerInfrastructure(kafka, postgres);
    }

    @Override
    public String bootstrapServers() {
        return kafka.getBootstrapServers();
    }

    @Override
    public Optional<ProcessHandle> broker() {
        return Optional.empty();
    }

    @Override
    public Database database() {
        return new Database(postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
    }

    @Override
    public void killBroker() {
        throw new UnsupportedOperationException("nobody starts a killed container again");
    }

    @Override
    public void killDatabase() {
        throw new UnsupportedOperationException("nobody starts a killed container again");
    }

    @Override
    public void close() {
        postgres.stop();
        kafka.stop();
    }
}
