package io.peerscope.foundation.kafka;

import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A compacted topic as a map in memory that follows the topic. Still answers, from what it last saw, when Kafka is away.
 * Meant for control data: everything in the topic is held.
 */
public final class CompactedTable<V> implements AutoCloseable {

    /** Called on the reading thread after the map has changed; {@code value} is null for a removal. */
    @FunctionalInterface
    public interface Listener<V> {
        void changed(String key, @Nullable V value);
    }

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final ConcurrentHashMap<String, V> entries = new ConcurrentHashMap<>();
    private final Function<byte[], V> decoder;
    private final Listener<V> listener;
    private final RecordLoop loop;

    public CompactedTable(
            KafkaClients clients, String clientId, Topic topic, Function<byte[], V> decoder, Listener<V> listener) {
        this.decoder = decoder;
        this.listener = listener;
        this.loop = new RecordLoop(clients, clientId, List.of(topic), RecordLoop.From.BEGINNING, this::apply);
    }

    public CompactedTable<V> start() {
        loop.start();
        return this;
    }

    /** Starts it, and returns when all that was there has been read, however long that takes; closes it if interrupted. */
    public void readAll() throws InterruptedException {
        start();
        try {
            while (!caughtUp()) {
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            close();
            throw e;
        }
    }

    /** Waits until all that was there when it was started has been read. @return whether it has */
    public boolean awaitAll(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!caughtUp() && System.nanoTime() < end) {
            Thread.sleep(LOOK_AGAIN);
        }
        return caughtUp();
    }

    public Optional<V> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** A live, unmodifiable view. */
    public Map<String, V> view() {
        return Collections.unmodifiableMap(entries);
    }

    public boolean caughtUp() {
        return loop.caughtUp();
    }

    public Condition condition() {
        return loop.condition();
    }

    /** As {@link RecordLoop#awaitPositions}: offsets are the next ones after the records that must be visible. */
    public boolean awaitPositions(Map<TopicPartition, Long> offsets, Duration patience) throws InterruptedException {
        return loop.awaitPositions(offsets, patience);
    }

    private void apply(ConsumerRecord<String, byte[]> row) {
        if (row.key() == null) {
            throw new MalformedRecordException("a record without a key");
        }
        if (row.value() == null) {
            if (entries.remove(row.key()) != null) {
                listener.changed(row.key(), null);
            }
            return;
        }
        V value = decoder.apply(row.value());
        entries.put(row.key(), value);
        listener.changed(row.key(), value);
    }

    @Override
    public void close() {
        loop.close();
    }
}
