package io.peerscope.query.materialize;

import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.trace.Span;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.query.store.Trouble;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * A thread that stores one topic. What a poll brings is one transaction; the broker collects for up to
 * {@code fetch.max.wait.ms} so that transactions are worth their price. While the database is away it stays in its group,
 * reads nothing and tries again; positions are in the database only, so nothing can be skipped.
 */
final class Materializer<T, R> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Materializer.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final String clientId;
    private final Sink<T, R> sink;
    private final Storing<T, R> storing;
    private final DeadLetters letters;
    private final Progress progress;
    private final StoreMeter meter;
    private final Lag lag;
    private final Tracer tracer;
    private final Map<String, Object> settings;
    private final Thread thread;
    /** Set by the consumer's listener on our own thread: the assignment or the database is not what we think. */
    private boolean lost = true;

    private Duration pause = FIRST_PAUSE;
    private volatile String trouble = "";
    private volatile boolean closed;

    Materializer(
            KafkaClients clients,
            String clientId,
            DataSource database,
            Sink<T, R> sink,
            DeadLetters letters,
            Progress progress,
            StoreMeter meter,
            Lag lag,
            Tracer tracer,
            Map<String, Object> settings) {
        this.clients = clients;
        this.clientId = clientId;
        this.sink = sink;
        this.letters = letters;
        this.progress = progress;
        this.meter = meter;
        this.lag = lag;
        this.tracer = tracer;
        this.settings = new HashMap<>(settings);
        this.settings.put(ConsumerConfig.GROUP_ID_CONFIG, "peerscope-query-" + sink.topic());
        this.settings.put(
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                clientId + "-" + clients.config().instance());
        this.storing = new Storing<>(database, sink, this::refuse);
        this.thread = Thread.ofPlatform().name(clientId).daemon().unstarted(this::run);
    }

    Materializer<T, R> start() {
        lag.none(clientId);
        thread.start();
        return this;
    }

    Condition condition() {
        if (!thread.isAlive()) {
            return new Condition.Down(clientId + " does not run");
        }
        return trouble.isEmpty() ? lag.condition() : new Condition.Degraded(clientId + ": " + trouble);
    }

    private void run() {
        while (!closed) {
            try (Consumer<String, byte[]> consumer = clients.consumer(clientId, settings)) {
                lost = true;
                consumer.subscribe(List.of(sink.topic().topicName()), new Assignment());
                while (!closed) {
                    step(consumer);
                }
            } catch (RuntimeException e) {
                // Also what nobody foresaw must not end the thread: nothing is skipped, and readiness shows it.
                trouble = String.valueOf(e.getMessage());
                LOG.warnf("%s: %s; trying again", clientId, e);
                LOG.debug("storing failed", e);
                rest();
            }
        }
    }

    private void step(Consumer<String, byte[]> consumer) {
        try {
            if (lost) {
                locate(consumer);
            }
            ConsumerRecords<String, byte[]> polled = consumer.poll(POLL);
            if (!lost) {
                store(polled, positions(consumer));
                noteLag(polled);
                trouble = "";
                pause = FIRST_PAUSE;
            }
        } catch (Takeover e) {
            LOG.infof("%s: %s; starting again from there", clientId, e.getMessage());
            lost = true;
        } catch (SQLException e) {
            lost = true;
            trouble = "the database does not store: " + e.getMessage();
            LOG.warnf("%s: %s (%s); trying again", clientId, trouble, Trouble.of(e));
            consumer.pause(consumer.assignment());
            consumer.poll(Duration.ZERO);
            rest();
        }
    }

    private void locate(Consumer<String, byte[]> consumer) throws SQLException {
        Set<TopicPartition> assigned = consumer.assignment();
        storing.locate(assigned.stream().map(TopicPartition::partition).toList());
        if (!assigned.isEmpty()) {
            Map<TopicPartition, Long> first = consumer.beginningOffsets(assigned);
            storing.positions().forEach((number, next) -> {
                TopicPartition partition = new TopicPartition(sink.topic().topicName(), number);
                long oldest = first.getOrDefault(partition, 0L);
                if (next > 0 && next < oldest) {
                    meter.lost(oldest - next);
                    LOG.errorf(
                            "%s: offsets %d to %d of %s were deleted before they were stored",
                            clientId, next, oldest - 1, partition);
                }
                consumer.seek(partition, Math.max(next, oldest));
            });
        }
        consumer.resume(assigned);
        lost = false;
    }

    /** Also moves past records without content for us (transaction markers), so that the end can be reached. */
    private Map<Integer, Long> positions(Consumer<String, byte[]> consumer) {
        Map<Integer, Long> moved = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            long position = consumer.position(partition);
            if (position != storing.positions().getOrDefault(partition.partition(), position)) {
                moved.put(partition.partition(), position);
            }
        }
        return moved;
    }

    private void store(ConsumerRecords<String, byte[]> polled, Map<Integer, Long> upTo) throws SQLException, Takeover {
        if (upTo.isEmpty()) {
            return;
        }
        List<Delivered<T>> records = new ArrayList<>(polled.count());
        for (ConsumerRecord<String, byte[]> row : polled) {
            if (row.value() == null) {
                refuse(row, "a record without a value");
                continue;
            }
            try {
                records.add(new Delivered<>(row, sink.read(row)));
            } catch (MalformedRecordException e) {
                refuse(row, String.valueOf(e.getMessage()));
            }
        }
        long start = System.nanoTime();
        List<Span> spans = traced(records);
        try {
            storing.store(records, upTo);
        } catch (SQLException | Takeover e) {
            spans.forEach(span -> span.failed(e.getClass().getSimpleName()));
            throw e;
        } finally {
            spans.forEach(Span::end);
        }
        meter.stored(records.size(), System.nanoTime() - start);
        progress.stored();
    }

    private List<Span> traced(List<Delivered<T>> records) {
        if (!tracer.isOn()) {
            return List.of();
        }
        return records.stream()
                .map(record ->
                        tracer.follow("store " + sink.topic(), record.source().headers()))
                .filter(Span::isTraced)
                .toList();
    }

    private void noteLag(ConsumerRecords<String, byte[]> stored) {
        long newest = Long.MIN_VALUE;
        for (ConsumerRecord<String, byte[]> row : stored) {
            newest = Math.max(newest, row.timestamp());
        }
        if (stored.isEmpty()) {
            lag.none(clientId);
        } else {
            lag.stored(clientId, newest);
        }
    }

    private void refuse(ConsumerRecord<String, byte[]> row, String why) {
        letters.put(row, why);
        meter.refused();
    }

    private void rest() {
        if (closed) {
            return;
        }
        LockSupport.parkNanos(pause.toNanos());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    /** A new partition is read only after its position was looked up; fetched records of others stay valid. */
    private final class Assignment implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            lost = true;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            lost = true;
        }
    }

    /** Asks it to end; {@link #close} waits for it. */
    void stop() {
        closed = true;
    }

    @Override
    public void close() {
        stop();
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
