package io.peerscope.foundation.kafka;

import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads all partitions of some topics on a thread of its own, without a consumer group: every process that has one sees
 * every record. Outlives a broker that goes away. A record that its handler cannot read is counted and passed over.
 */
public final class RecordLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RecordLoop.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

    /** Where reading begins. */
    public enum From {
        BEGINNING,
        END
    }

    /** What is done with each record, always on the loop's thread. */
    @FunctionalInterface
    public interface Handler {
        void accept(ConsumerRecord<String, byte[]> row);
    }

    private final KafkaClients clients;
    private final String clientId;
    private final List<Topic> topics;
    private final From from;
    private final Handler handler;
    private final Thread thread;
    private final AtomicLong malformed = new AtomicLong();
    private final Object progress = new Object();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private volatile boolean caughtUp;
    private volatile boolean closed;
    private volatile @Nullable Consumer<String, byte[]> reading;
    private volatile String trouble = "";

    public RecordLoop(KafkaClients clients, String clientId, List<Topic> topics, From from, Handler handler) {
        this.clients = clients;
        this.clientId = clientId;
        this.topics = List.copyOf(topics);
        this.from = from;
        this.handler = handler;
        this.thread = Thread.ofPlatform().name(clientId).daemon().unstarted(this::run);
    }

    public RecordLoop start() {
        thread.start();
        return this;
    }

    /** Whether everything that was there when reading began has been handled. */
    public boolean caughtUp() {
        return caughtUp;
    }

    /** Records that could not be read since the start. */
    public long malformed() {
        return malformed.get();
    }

    public Condition condition() {
        if (closed || !thread.isAlive()) {
            return new Condition.Down(clientId + " does not run");
        }
        String why = trouble;
        if (!caughtUp) {
            // Whatever the reason: what is served would be a part only.
            return new Condition.Down(
                    clientId + " is still reading what is there" + (why.isEmpty() ? "" : " (" + why + ")"));
        }
        return why.isEmpty() ? Condition.ok() : new Condition.Degraded(clientId + ": " + why);
    }

    /**
     * Waits until every record below these offsets has been handled.
     *
     * @return false where that took longer than {@code patience}
     */
    public boolean awaitPositions(Map<TopicPartition, Long> offsets, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (progress) {
            while (!reached(offsets)) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                progress.wait(left);
            }
            return true;
        }
    }

    private boolean reached(Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream().allMatch(e -> positions.getOrDefault(e.getKey(), 0L) >= e.getValue());
    }

    private void run() {
        while (!closed) {
            try (Consumer<String, byte[]> consumer = clients.consumer(clientId, Map.of())) {
                reading = consumer;
                List<TopicPartition> partitions = assign(consumer);
                trouble = "";
                read(consumer, partitions);
            } catch (RuntimeException e) {
                // Also what nobody foresaw must not end the thread: nothing is passed over, and readiness shows it.
                if (!closed) {
                    trouble = e.toString(); // not every exception has a message
                    LOG.warnf("%s: %s; trying again", clientId, e);
                    LOG.debug("reading failed", e);
                    LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
                }
            }
        }
    }

    private List<TopicPartition> assign(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : topics) {
            for (PartitionInfo info : consumer.partitionsFor(topic.topicName())) {
                partitions.add(new TopicPartition(info.topic(), info.partition()));
            }
        }
        if (partitions.isEmpty()) {
            throw new KafkaException(topics + " does not exist yet");
        }
        consumer.assign(partitions);
        boolean resumed = false;
        synchronized (progress) {
            for (TopicPartition partition : partitions) {
                Long position = positions.get(partition);
                if (position != null) {
                    consumer.seek(partition, position);
                    resumed = true;
                }
            }
        }
        if (!resumed) {
            switch (from) {
                case BEGINNING -> consumer.seekToBeginning(partitions);
                case END -> consumer.seekToEnd(partitions);
            }
        }
        return partitions;
    }

    private void read(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> goal = caughtUp ? Map.of() : consumer.endOffsets(partitions);
        Set<TopicPartition> assigned = new HashSet<>(partitions);
        while (!closed) {
            ConsumerRecords<String, byte[]> batch;
            try {
                batch = consumer.poll(POLL);
            } catch (WakeupException e) {
                return;
            }
            for (ConsumerRecord<String, byte[]> row : batch) {
                handle(row);
            }
            synchronized (progress) {
                for (TopicPartition partition : assigned) {
                    positions.put(partition, consumer.position(partition));
                }
                if (!caughtUp) {
                    caughtUp = reached(goal);
                }
                progress.notifyAll();
            }
        }
    }

    private void handle(ConsumerRecord<String, byte[]> row) {
        try {
            handler.accept(row);
        } catch (MalformedRecordException e) {
            malformed.incrementAndGet();
            LOG.warnf("%s-%d@%d passed over: %s", row.topic(), row.partition(), row.offset(), e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        Consumer<String, byte[]> consumer = reading;
        if (consumer != null) {
            consumer.wakeup(); // a process closes many loops in turn, and each would wait for its poll
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
