package io.peerscope.foundation.kafka;

import io.peerscope.contracts.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/** Creates the topics of the catalogue where they are missing and refuses to go on where one has another shape. */
public final class Topics {
    private static final Logger LOG = Logger.getLogger(Topics.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Admin admin;
    private final KafkaConfig config;

    public Topics(Admin admin, KafkaConfig config) {
        this.admin = admin;
        this.config = config;
    }

    /**
     * Returns when every partition has a leader that takes writes. Safe to call from several services at once.
     *
     * @throws TopicMismatchException where a topic exists with another number of partitions: records of one host would
     *     not meet, so nothing may start
     * @throws KafkaUnavailableException where the broker does not answer within 15 s
     */
    public void ensure() {
        Set<String> existing = await(admin.listTopics().names());
        List<NewTopic> missing = Topic.all().stream()
                .filter(topic -> !existing.contains(topic.topicName()))
                .map(this::create)
                .toList();
        admin.createTopics(missing).values().forEach((name, created) -> {
            try {
                await(created);
            } catch (KafkaUnavailableException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        });
        Map<String, TopicDescription> found = describe();
        verify(found);
        awaitLeaders(found);
    }

    private Map<String, TopicDescription> describe() {
        long begin = System.nanoTime();
        while (true) {
            try {
                return await(admin.describeTopics(
                                Topic.all().stream().map(Topic::topicName).toList())
                        .allTopicNames());
            } catch (KafkaUnavailableException e) {
                boolean late = System.nanoTime() - begin > PATIENCE.toNanos();
                if (late || !(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                LockSupport.parkNanos(
                        BETWEEN_LOOKS.toNanos()); // created, but not yet known to the broker that was asked
            }
        }
    }

    private void verify(Map<String, TopicDescription> found) {
        List<String> wrong = new ArrayList<>();
        for (Topic topic : Topic.all()) {
            TopicDescription description = found.get(topic.topicName());
            int partitions = description == null ? 0 : description.partitions().size();
            if (partitions != partitions(topic)) {
                wrong.add("%s has %d partitions instead of %d".formatted(topic, partitions, partitions(topic)));
            }
        }
        if (!wrong.isEmpty()) {
            throw new TopicMismatchException(wrong.stream().collect(Collectors.joining("; "))
                    + ". Set peerscope.kafka.partitions to what exists, or move the data.");
        }
    }

    /**
     * A topic is announced before its brokers lead it. A producer that sends two batches to a partition in that moment can
     * have the first refused and the second taken, as a partition that knows nothing of a producer takes any sequence number;
     * the first is then out of sequence until its delivery times out, two minutes later.
     */
    private void awaitLeaders(Map<String, TopicDescription> topics) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        topics.forEach((topic, description) -> description
                .partitions()
                .forEach(partition -> ends.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
        try {
            await(admin.listOffsets(ends).all()); // only a leader answers, and the client asks until one does
        } catch (KafkaUnavailableException leaderless) {
            // Others can be written to; refusing them all would make a large damage of a small one.
            LOG.warnf("Some partitions have no leader yet, writes to them will wait: %s", leaderless.getMessage());
        }
    }

    private NewTopic create(Topic topic) {
        Map<String, String> settings = new HashMap<>();
        String kept = Long.toString(topic.kept().toMillis());
        switch (topic.cleanup()) {
            case DELETE -> settings.put(TopicConfig.RETENTION_MS_CONFIG, kept);
            case COMPACT -> {
                settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
                settings.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, kept);
                settings.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2");
                settings.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(32 << 20));
                settings.put(
                        TopicConfig.SEGMENT_MS_CONFIG,
                        Long.toString(Duration.ofHours(1).toMillis()));
            }
        }
        if (config.replication() > 2) {
            settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        }
        return new NewTopic(topic.topicName(), partitions(topic), config.replication()).configs(settings);
    }

    private int partitions(Topic topic) {
        return switch (topic.partitioning()) {
            case BY_HOST -> config.partitions();
            case SINGLE -> 1;
        };
    }

    private static <T> T await(org.apache.kafka.common.KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new KafkaUnavailableException("Kafka refused: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaUnavailableException("Kafka did not answer within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("interrupted", e);
        }
    }
}
