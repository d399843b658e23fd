package io.peerscope.notify.deliver;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Takes messages out of the outbox and hands them to the channels; shares the partitions with other instances. */
public final class OutboxLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OutboxLoop.class);
    private static final String GROUP = "peerscope-notifier-delivery";
    private static final int MOST_UNDER_WAY = 5000;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final ChannelQueues queues;
    private final OutboxProgress progress = new OutboxProgress();
    private final Thread thread;
    private volatile boolean closed;
    private volatile String trouble = "";

    public OutboxLoop(KafkaClients clients, Postman postman) {
        this.clients = clients;
        this.queues = new ChannelQueues(postman);
        this.thread = Thread.ofPlatform().name("notifier-outbox").daemon().unstarted(this::run);
    }

    public OutboxLoop start() {
        thread.start();
        return this;
    }

    public Condition condition() {
        if (!thread.isAlive()) {
            return new Condition.Down("the outbox is not read");
        }
        return trouble.isEmpty() ? Condition.ok() : new Condition.Degraded("outbox: " + trouble);
    }

    private void run() {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                GROUP,
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                GROUP + "-" + clients.config().instance(),
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                15_000,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                500);
        while (!closed) {
            try (Consumer<String, byte[]> consumer = clients.consumer("notifier-outbox", settings)) {
                consumer.subscribe(List.of(Topic.NOTIFICATIONS_OUTBOX.topicName()), new Rebalance());
                trouble = "";
                while (!closed) {
                    poll(consumer);
                }
            } catch (KafkaException e) {
                trouble = String.valueOf(e.getMessage());
                LOG.warnf("outbox: %s; trying again", e.getMessage());
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    private void poll(Consumer<String, byte[]> consumer) {
        if (progress.size() > MOST_UNDER_WAY) {
            consumer.pause(consumer.assignment());
        } else {
            consumer.resume(consumer.paused());
        }
        for (ConsumerRecord<String, byte[]> row : consumer.poll(POLL)) {
            progress.taken(row.partition(), row.offset());
            try {
                OutboxMessage message = Json.decode(row.value(), OutboxMessage.class);
                queues.submit(message, () -> progress.done(row.partition(), row.offset()));
            } catch (MalformedRecordException e) {
                LOG.errorf("%s-%d@%d is no message: %s", row.topic(), row.partition(), row.offset(), e.getMessage());
                progress.done(row.partition(), row.offset());
            }
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        progress.committable()
                .forEach((partition, offset) -> offsets.put(
                        new TopicPartition(Topic.NOTIFICATIONS_OUTBOX.topicName(), partition),
                        new OffsetAndMetadata(offset)));
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, null);
        }
    }

    /** What was under way on a partition that is taken from us is finished here and, under the same id, elsewhere. */
    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> progress.forget(partition.partition()));
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.debugf("outbox partitions: %s", partitions);
        }
    }

    @Override
    public void close() {
        closed = true;
        queues.close();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
