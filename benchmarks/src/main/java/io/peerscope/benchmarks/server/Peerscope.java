package io.peerscope.benchmarks.server;

import io.peerscope.benchmarks.body.Fleet;
import io.peerscope.benchmarks.measure.Watched;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.security.Credential;
import io.peerscope.contracts.security.Role;
import io.peerscope.contracts.security.Secret;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.FreePort;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.testkit.process.ChildProcess;
import io.peerscope.testkit.process.JavaCommand;
import io.peerscope.testkit.process.SourceTree;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Ingest alone on a broker of its own: what stands between a sender and "durable". Nothing reads the topic, so no other
 * service's work is counted.
 */
final class Peerscope implements Server {
    private static final Duration POLL = Duration.ofMillis(500);

    private final EmbeddedKafka broker;
    private final KafkaClients clients;
    private final Secret token;
    private final URI address = URI.create("http://127.0.0.1:" + FreePort.any());
    private final ChildProcess ingest;

    private Peerscope(EmbeddedKafka broker, Path data, List<String> javaOptions) {
        this.broker = broker;
        this.clients = new KafkaClients(KafkaConfig.local(broker.bootstrapServers(), data.resolve("streams")));
        this.token = letIn(clients, Role.FLEET);
        List<String> options = new ArrayList<>(javaOptions);
        options.add("-Dquarkus.http.port=" + address.getPort());
        options.add("-Dpeerscope.kafka.bootstrap-servers=" + broker.bootstrapServers());
        options.add("-Dpeerscope.kafka.partitions=" + clients.config().partitions());
        options.add("-Dpeerscope.kafka.instance=benchmark");
        Path jar = SourceTree.built("ingest-service/target/quarkus-app/quarkus-run.jar");
        this.ingest = ChildProcess.start(
                "ingest",
                JavaCommand.of(options, jar, List.of()),
                SourceTree.root(),
                data.resolveSibling("ingest.log"));
        try {
            new Web(address).awaitReady(ingest, "/q/health/ready");
        } catch (RuntimeException failed) {
            ingest.close();
            throw failed;
        }
    }

    /** @param javaOptions of the ingest process */
    static Peerscope start(Path data, List<String> javaOptions) {
        EmbeddedKafka broker =
                EmbeddedKafka.start(KafkaOptions.in(data.resolve("kafka")).withClasspath(brokerJars()));
        try {
            return new Peerscope(broker, data, javaOptions);
        } catch (RuntimeException failed) {
            broker.close();
            throw failed;
        }
    }

    static String brokerJars() {
        try (Stream<Path> jars = Files.list(SourceTree.built("deploy/broker/target/lib"))) {
            return jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's jars cannot be listed", e);
        }
    }

    /** Makes the topics, and writes a credential where query-api would. */
    static Secret letIn(KafkaClients clients, Role role) {
        try (Admin admin = clients.admin("benchmark-admin");
                RecordWriter writer = new RecordWriter(clients, "benchmark-credentials")) {
            new Topics(admin, clients.config()).ensure();
            Secret secret = Secret.random(new SecureRandom());
            Credential credential = new Credential(
                    secret.id(), Credential.Use.TOKEN, role, "benchmark", secret.hash(), Instant.now(), null);
            writer.write(Topic.SECURITY_CREDENTIALS, credential.id(), Json.encode(credential));
            return secret;
        }
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public List<Watched> programs() {
        ProcessHandle kafka = ProcessHandle.of(broker.pid()).orElseThrow();
        return List.of(Watched.alone("ingest", ingest.program()), Watched.alone("broker", kafka));
    }

    @Override
    public String path(Format format) {
        return switch (format) {
            case REMOTE_WRITE, REMOTE_WRITE_SMALL -> "/api/v1/write";
            case LINE -> "/write?db=bench";
            case PROTO, JSON -> "/api/v1/ingest";
        };
    }

    @Override
    public String authorization() {
        return "Authorization: Bearer " + token.text();
    }

    @Override
    public long samples(Fleet fleet) {
        String topic = Topic.METRICS_POINTS.topicName();
        try (Consumer<String, byte[]> reader = clients.consumer("benchmark-count", Map.of())) {
            List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            reader.assign(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            reader.seekToBeginning(partitions);
            long samples = 0;
            while (partitions.stream().anyMatch(p -> reader.position(p) < ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<String, byte[]> row : reader.poll(POLL)) {
                    samples += PointBatchCodec.decode(row.value()).samples();
                }
            }
            return samples;
        }
    }

    @Override
    public void close() {
        ingest.close();
        broker.close();
    }
}
