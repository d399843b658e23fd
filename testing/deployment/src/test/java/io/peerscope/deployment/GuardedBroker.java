package io.peerscope.deployment;

import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.FreePort;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.embedded.KafkaOptions.Passage;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.testkit.process.SourceTree;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A broker with Kafka's authorizer, where nothing is open that no rule opens, with all topics and a record in each. Users
 * come by name and password instead of a certificate; what they are called then is the same.
 */
final class GuardedBroker implements AutoCloseable {
    /** Somebody with a password and no rights. */
    static final String STRANGER = "stranger";

    private final EmbeddedKafka kafka;
    private final int port;

    private GuardedBroker(EmbeddedKafka kafka, int port) {
        this.kafka = kafka;
        this.port = port;
    }

    static GuardedBroker start(List<AclBinding> rights) {
        try {
            int port = FreePort.any();
            Path data = Files.createTempDirectory("guarded-kafka");
            EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(data)
                    .withClasspath(jars(SourceTree.built("deploy/broker/target/lib")))
                    .withPassage(new Passage(port, port, settings())));
            prepare(kafka.bootstrapServers(), data, rights);
            fill(kafka.bootstrapServers());
            return new GuardedBroker(kafka, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who comes by the first listener, without a name, administers it. */
    static Map<String, String> settings() {
        String users = Stream.concat(KnownSettings.services().stream(), Stream.of(STRANGER))
                .map(name -> "user_%1$s=\"%2$s\"".formatted(name, password(name)))
                .collect(Collectors.joining(" "));
        return Map.of(
                "listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT,PASSAGE:SASL_PLAINTEXT",
                "listener.name.passage.sasl.enabled.mechanisms", "PLAIN",
                "listener.name.passage.plain.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required %s;".formatted(users),
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found", "false",
                "super.users", "User:ANONYMOUS");
    }

    /** All topics, and the rights. */
    static void prepare(String bootstrap, Path data, List<AclBinding> rights) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            new Topics(admin, KafkaConfig.local(bootstrap, data)).ensure();
            admin.createAcls(rights).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fill(String bootstrap) {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Topic topic : Topic.all()) {
                producer.send(new ProducerRecord<>(topic.topicName(), 0, new byte[] {1}, new byte[] {1}))
                        .get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jars(Path folder) throws IOException {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static String password(String user) {
        return "of-" + user;
    }

    Admin admin(String user) {
        return admin(user, password(user));
    }

    Admin admin(String user, String password) {
        return Admin.create(client(user, password));
    }

    Producer<byte[], byte[]> producer(String user, Optional<String> transactionalId) {
        Map<String, Object> settings = client(user, password(user));
        settings.put("max.block.ms", 20_000);
        settings.put("enable.idempotence", transactionalId.isPresent());
        transactionalId.ifPresent(id -> settings.put("transactional.id", id));
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    Consumer<byte[], byte[]> consumer(String user, Optional<String> group) {
        Map<String, Object> settings = client(user, password(user));
        group.ifPresent(id -> settings.put("group.id", id));
        settings.put("enable.auto.commit", false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> client(String user, String password) {
        Map<String, Object> settings = new TreeMap<>(access(user, password));
        settings.put("bootstrap.servers", "127.0.0.1:" + port);
        return settings;
    }

    /** How one of the users comes in. */
    static Map<String, String> access(String user) {
        return access(user, password(user));
    }

    private static Map<String, String> access(String user, String password) {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(user, password));
    }

    @Override
    public void close() {
        kafka.close();
    }
}
