package io.peerscope.notify.outbox;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.trace.Span;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.notify.deliver.Postman;
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
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(2);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final Tracer tracer;
    private final ChannelQueues queues;
    private final Workload workload = new Workload();
    private final Thread thread;
    private volatile boolean closed;
    private volatile String trouble = "";

    public OutboxLoop(KafkaClients clients, Postman postman, Tracer tracer) {
        this.clients = clients;
        this.tracer = tracer;
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
        if (workload.isFull()) {
            return new Condition.Degraded("outbox: too much is under way, nothing more is read");
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
                consumer.subscribe(List.of(Topic.NOTIFICATIONS_OUTBOX.topicName()), new Rebalance(consumer));
                while (!closed) {
                    poll(consumer);
                    trouble = "";
                }
                stop(consumer);
            } catch (RuntimeException e) {
                // Also what nobody foresaw must not end the thread: nothing is passed over, and readiness shows it.
                trouble = e.toString(); // not every exception has a message
                LOG.warnf("outbox: %s; trying again", e);
                LOG.debug("reading the outbox failed", e);
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            } finally {
                workload.loseAll();
            }
        }
    }

    private void poll(Consumer<String, byte[]> consumer) {
        if (workload.isFull()) {
            consumer.pause(consumer.assignment());
        } else if (!consumer.paused().isEmpty()) {
            consumer.resume(consumer.paused());
        }
        for (ConsumerRecord<String, byte[]> row : consumer.poll(POLL)) {
            take(row);
        }
        long asked = System.nanoTime();
        Map<Integer, Long> positions = workload.toCommit();
        if (!positions.isEmpty()) {
            consumer.commitAsync(offsets(positions), (offsets, failure) -> {
                if (failure == null) {
                    workload.confirm(positions.keySet(), asked);
                }
            });
        }
    }

    private void take(ConsumerRecord<String, byte[]> row) {
        PartitionWork work = workload.of(row.partition());
        byte[] value = row.value() == null ? new byte[0] : row.value();
        work.taken(row.offset(), value.length);
        try {
            OutboxMessage message = Json.decode(value, OutboxMessage.class);
            Span span = tracer.follow("deliver to " + message.channel().id(), row.headers());
            queues.submit(message, work, span.note("peerscope.message", message.id()), () -> work.done(row.offset()));
        } catch (MalformedRecordException e) {
            LOG.errorf("%s-%d@%d is no message: %s", row.topic(), row.partition(), row.offset(), e.getMessage());
            work.done(row.offset());
        }
    }

    private void stop(Consumer<String, byte[]> consumer) {
        workload.release();
        queues.close(LAST_WORDS);
        commit(consumer, workload.toCommit());
    }

    private static void commit(Consumer<String, byte[]> consumer, Map<Integer, Long> positions) {
        try {
            consumer.commitSync(offsets(positions), COMMIT_PATIENCE);
        } catch (KafkaException e) {
            LOG.debugf("position not committed, what is read again is recognised: %s", e.getMessage());
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Map<Integer, Long> positions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        positions.forEach((partition, position) -> offsets.put(
                new TopicPartition(Topic.NOTIFICATIONS_OUTBOX.topicName(), partition),
                new OffsetAndMetadata(position)));
        return offsets;
    }

    /** What is being said at that moment on a partition that is taken from us is finished; the rest is the other's. */
    private final class Rebalance implements ConsumerRebalanceListener {
        private final Consumer<String, byte[]> consumer;

        private Rebalance(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commit(consumer, workload.toCommit());
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> workload.lose(partition.partition()));
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.debugf("outbox partitions: %s", partitions);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(LAST_WORDS.plus(COMMIT_PATIENCE).plusSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
