package io.peerscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The users of deploy/kubernetes before Kafka's own authorizer: each tries to read and to write every topic, and what only
 * an administrator may do. What is allowed works, what is not is denied.
 */
class KafkaRightsTest {
    private static final Map<String, String> STREAMS = Map.of(
            "aggregator-streams", Application.AGGREGATOR.id(),
            "alert-service", Application.ALERT.id(),
            "notifier-service", Application.NOTIFIER.id());
    private static final Duration SOON = Duration.ofSeconds(20);

    private static GuardedBroker broker;

    @BeforeAll
    static void start() {
        broker = GuardedBroker.start(KafkaUsers.all());
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    static Set<String> users() {
        return new TreeSet<>(KnownSettings.services());
    }

    @ParameterizedTest
    @MethodSource("users")
    void readsAndWritesWhatItsRightsSayAndNothingElse(String user) {
        List<String> wrong = new ArrayList<>();
        try (Producer<byte[], byte[]> producer = broker.producer(user, Optional.empty());
                Consumer<byte[], byte[]> consumer = broker.consumer(user, Optional.empty())) {
            for (Topic topic : Topic.all()) {
                String name = topic.topicName();
                compare(user, name, "Write", writes(producer, name), wrong);
                compare(user, name, "Read", reads(consumer, name), wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void compare(String user, String topic, String operation, boolean does, List<String> wrong) {
        if (KafkaUsers.mayTopic(user, topic, operation) != does) {
            wrong.add("%s %s %s: %s".formatted(user, operation, topic, does ? "was let" : "was denied"));
        }
    }

    private static boolean writes(Producer<byte[], byte[]> producer, String topic) {
        try {
            producer.send(new ProducerRecord<>(
                            topic, 0, "k".getBytes(java.nio.charset.StandardCharsets.UTF_8), new byte[0]))
                    .get();
            return true;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(TopicAuthorizationException.class);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Every topic holds a record. */
    private static boolean reads(Consumer<byte[], byte[]> consumer, String topic) {
        TopicPartition first = new TopicPartition(topic, 0);
        consumer.assign(List.of(first));
        try {
            consumer.seekToBeginning(List.of(first));
            assertThat(consumer.poll(SOON)).isNotEmpty();
            return true;
        } catch (TopicAuthorizationException denied) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("users")
    void doesNothingThatIsAnAdministrators(String user) {
        String topic = Topic.METRICS_POINTS.topicName();
        ConfigResource settings = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        ConfigResource brokerSettings = new ConfigResource(ConfigResource.Type.BROKER, "");
        AlterConfigOp shorter = new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET);
        AlterConfigOp wider = new AlterConfigOp(new ConfigEntry("log.retention.ms", "1"), AlterConfigOp.OpType.SET);
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Admin admin = broker.admin(user)) {
            denied(admin.createTopics(List.of(new NewTopic("rogue", 1, (short) 1)))
                    .all());
            denied(admin.deleteTopics(List.of(topic)).all());
            denied(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(9)))
                    .all());
            denied(admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(-1)))
                    .all());
            denied(admin.incrementalAlterConfigs(Map.of(settings, List.of(shorter)))
                    .all());
            denied(admin.incrementalAlterConfigs(Map.of(brokerSettings, List.of(wider)))
                    .all());
            denied(admin.describeAcls(AclBindingFilter.ANY).values());
            denied(admin.createAcls(List.of(everything(user))).all());
            denied(admin.describeUserScramCredentials().all());
        }
    }

    private static AclBinding everything(String user) {
        return new AclBinding(
                new org.apache.kafka.common.resource.ResourcePattern(
                        org.apache.kafka.common.resource.ResourceType.TOPIC,
                        "*",
                        org.apache.kafka.common.resource.PatternType.LITERAL),
                new org.apache.kafka.common.acl.AccessControlEntry(
                        "User:" + user,
                        "*",
                        org.apache.kafka.common.acl.AclOperation.ALL,
                        org.apache.kafka.common.acl.AclPermissionType.ALLOW));
    }

    /** Positions, state and transactions of a Streams application are its own. */
    @ParameterizedTest
    @MethodSource("users")
    void touchesNoApplicationButItsOwn(String user) throws Exception {
        for (Map.Entry<String, String> other : STREAMS.entrySet()) {
            String application = other.getValue();
            String changelog = application + "-tried-by-" + user + "-changelog";
            TopicPartition partition = new TopicPartition(Topic.METRICS_POINTS.topicName(), 0);
            try (Admin admin = broker.admin(user);
                    Producer<byte[], byte[]> producer = broker.producer(user, Optional.of(application + "-" + user))) {
                if (other.getKey().equals(user)) {
                    admin.createTopics(List.of(new NewTopic(changelog, 1, (short) 1)))
                            .all()
                            .get();
                    admin.deleteTopics(List.of(changelog)).all().get();
                    producer.initTransactions();
                } else {
                    denied(admin.createTopics(List.of(new NewTopic(changelog, 1, (short) 1)))
                            .all());
                    denied(admin.alterConsumerGroupOffsets(application, Map.of(partition, new OffsetAndMetadata(0)))
                            .all());
                    denied(admin.deleteConsumerGroups(List.of(application)).all());
                    assertThatThrownBy(producer::initTransactions).isInstanceOf(AuthorizationException.class);
                    joinIsDenied(user, application);
                }
            }
        }
    }

    private static void joinIsDenied(String user, String group) {
        try (Consumer<byte[], byte[]> consumer = broker.consumer(user, Optional.of(group))) {
            consumer.subscribe(List.of(Topic.SECURITY_CREDENTIALS.topicName()));
            assertThatThrownBy(() -> consumer.poll(SOON)).isInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    void whoHasNoRightsSeesNothing() throws Exception {
        try (Admin admin = broker.admin(GuardedBroker.STRANGER);
                Consumer<byte[], byte[]> consumer = broker.consumer(GuardedBroker.STRANGER, Optional.empty())) {
            assertThat(admin.listTopics().names().get()).isEmpty();
            assertThat(reads(consumer, Topic.METRICS_POINTS.topicName())).isFalse();
        }
    }

    @Test
    void aNameWithoutItsPasswordIsNobody() {
        try (Admin admin = broker.admin("query-api", "guessed")) {
            assertThatThrownBy(() -> admin.listTopics().names().get())
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    private static void denied(Future<?> tried) {
        assertThatThrownBy(tried::get).hasCauseInstanceOf(AuthorizationException.class);
    }
}
