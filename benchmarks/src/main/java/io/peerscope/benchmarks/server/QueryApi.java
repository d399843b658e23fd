package io.peerscope.benchmarks.server;

import io.peerscope.benchmarks.measure.Watched;
import io.peerscope.contracts.security.Role;
import io.peerscope.contracts.security.Secret;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.EmbeddedPostgres;
import io.peerscope.embedded.FreePort;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.embedded.PostgresOptions;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.infrastructure.Database;
import io.peerscope.testkit.process.ChildProcess;
import io.peerscope.testkit.process.JavaCommand;
import io.peerscope.testkit.process.SourceTree;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** The query API alone, with a broker and a database of its own: what stores, rolls up further and answers. */
public final class QueryApi implements AutoCloseable {
    private final EmbeddedKafka broker;
    private final EmbeddedPostgres postgres;
    private final KafkaClients clients;
    private final Secret token;
    private final Path data;
    private final List<String> javaOptions;
    private final URI address = URI.create("http://127.0.0.1:" + FreePort.any());
    private Optional<ChildProcess> program = Optional.empty();

    private QueryApi(EmbeddedKafka broker, EmbeddedPostgres postgres, Path data, List<String> javaOptions) {
        this.broker = broker;
        this.postgres = postgres;
        this.data = data;
        this.javaOptions = javaOptions;
        this.clients = new KafkaClients(KafkaConfig.local(broker.bootstrapServers(), data.resolve("streams")));
        this.token = Peerscope.letIn(clients, Role.VIEWER);
    }

    /**
     * Broker and database on a folder, empty or of a former run; the query API is not started yet.
     *
     * @param javaOptions of its process
     */
    public static QueryApi prepare(Path data, PostgresOptions.Wanted flavour, List<String> javaOptions) {
        EmbeddedKafka broker =
                EmbeddedKafka.start(KafkaOptions.in(data.resolve("kafka")).withClasspath(Peerscope.brokerJars()));
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(
                    PostgresOptions.in(data.resolve("postgres")).withWanted(flavour));
            return new QueryApi(broker, postgres, data, javaOptions);
        } catch (RuntimeException failed) {
            broker.close();
            throw failed;
        }
    }

    /** Returns when it is ready. */
    public void start(Map<String, String> settings) {
        List<String> options = new ArrayList<>(javaOptions);
        settings.forEach((key, value) -> options.add("-D" + key + "=" + value));
        options.add("-Dquarkus.http.port=" + address.getPort());
        options.add("-Dpeerscope.kafka.bootstrap-servers=" + broker.bootstrapServers());
        options.add("-Dpeerscope.kafka.partitions=" + clients.config().partitions());
        options.add("-Dpeerscope.kafka.instance=benchmark");
        options.add("-Dquarkus.datasource.jdbc.url=" + postgres.jdbcUrl());
        options.add("-Dquarkus.datasource.username=" + postgres.username());
        options.add("-Dquarkus.datasource.password=" + postgres.password());
        Path jar = SourceTree.built("query-api/target/quarkus-app/quarkus-run.jar");
        ChildProcess started = ChildProcess.start(
                "query-api",
                JavaCommand.of(options, jar, List.of()),
                SourceTree.root(),
                data.resolveSibling("query-api.log"));
        program = Optional.of(started);
        new Web(address).awaitReady(started, "/q/health/ready");
    }

    public void stop() {
        program.ifPresent(ChildProcess::close);
        program = Optional.empty();
    }

    public Api api() {
        return new Api(address, token.text());
    }

    public KafkaClients clients() {
        return clients;
    }

    public Database database() {
        return new Database(postgres.jdbcUrl(), postgres.username(), postgres.password());
    }

    /** How many lie in a topic. */
    public long records(Topic topic) {
        try (Consumer<String, byte[]> reader = clients.consumer("benchmark-ends", Map.of())) {
            List<TopicPartition> partitions = reader.partitionsFor(topic.topicName()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            return reader.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    public List<Watched> programs() {
        List<Watched> programs = new ArrayList<>();
        program.ifPresent(process -> programs.add(Watched.alone("query-api", process.program())));
        programs.add(Watched.alone("broker", ProcessHandle.of(broker.pid()).orElseThrow()));
        programs.add(Watched.withDescendants(
                "postgresql", ProcessHandle.of(postgres.postmasterPid()).orElseThrow()));
        return programs;
    }

    @Override
    public void close() {
        stop();
        broker.close();
        postgres.close();
    }
}
