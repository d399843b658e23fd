package io.peerscope.testkit.infrastructure;

import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.EmbeddedPostgres;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.embedded.PostgresOptions;
import io.peerscope.testkit.process.Signals;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Child processes of this JVM. */
final class EmbeddedInfrastructure implements Infrastructure {
    private static final Duration BACK_WITHIN = Duration.ofSeconds(60);

    private final EmbeddedKafka kafka;
    private final EmbeddedPostgres postgres;

    private EmbeddedInfrastructure(EmbeddedKafka kafka, EmbeddedPostgres postgres) {
        this.kafka = kafka;
        this.postgres = postgres;
    }

    static EmbeddedInfrastructure start(Path data, Path brokerJars, Optional<KafkaOptions.Passage> passage) {
        KafkaOptions options = KafkaOptions.in(data.resolve("kafka")).withClasspath(classPath(brokerJars));
        EmbeddedKafka kafka =
                EmbeddedKafka.start(passage.map(options::withPassage).orElse(options));
        try {
            return new EmbeddedInfrastructure(
                    kafka, EmbeddedPostgres.start(PostgresOptions.in(data.resolve("postgres"))));
        } catch (RuntimeException failed) {
            kafka.close();
            throw failed;
        }
    }

    private static String classPath(Path folder) {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.map(jar -> jar.toAbsolutePath().toString())
                    .filter(jar -> jar.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " has no broker: build with ./mvnw package -DskipTests", e);
        }
    }

    @Override
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    @Override
    public Optional<ProcessHandle> broker() {
        return ProcessHandle.of(kafka.pid());
    }

    @Override
    public Database database() {
        return new Database(postgres.jdbcUrl(), postgres.username(), postgres.password());
    }

    @Override
    public void killBroker() {
        kill(kafka::pid);
    }

    @Override
    public void killDatabase() {
        kill(postgres::postmasterPid);
    }

    private static void kill(LongSupplier pid) {
        long killed = pid.getAsLong();
        ProcessHandle.of(killed).ifPresent(Signals::kill);
        Awaitility.await().atMost(BACK_WITHIN).until(() -> pid.getAsLong() != killed);
    }

    @Override
    public void close() {
        postgres.close();
        kafka.close();
    }
}
