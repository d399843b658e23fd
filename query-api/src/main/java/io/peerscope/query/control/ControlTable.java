package io.peerscope.query.control;

import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.CompactedTable;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaUnavailableException;
import io.peerscope.foundation.kafka.RecordWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Documents by id in a topic of which every partition has them all. */
public final class ControlTable<V> implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Topic topic;
    private final RecordWriter writer;
    private final Function<V, byte[]> encoder;
    private final CompactedTable<V> table;

    public ControlTable(
            KafkaClients clients,
            String clientId,
            Topic topic,
            RecordWriter writer,
            Function<byte[], V> decoder,
            Function<V, byte[]> encoder) {
        this.topic = topic;
        this.writer = writer;
        this.encoder = encoder;
        this.table = new CompactedTable<>(clients, clientId, topic, decoder, (id, document) -> {});
    }

    public Topic topic() {
        return topic;
    }

    public void start() {
        table.start();
    }

    public Optional<V> find(String id) {
        return table.get(id);
    }

    /** In order of id. */
    public List<V> all() {
        return List.copyOf(new TreeMap<>(table.view()).values());
    }

    public boolean isEmpty() {
        return table.view().isEmpty();
    }

    public boolean caughtUp() {
        return table.caughtUp();
    }

    /**
     * Returns when it can be read here.
     *
     * @param document null: there is none any more
     */
    public void put(String id, @Nullable V document) {
        write(id, document == null ? null : encoder.apply(document));
    }

    public void delete(String id) {
        put(id, null);
    }

    public boolean await(Map<TopicPartition, Long> offsets, Duration patience) throws InterruptedException {
        return table.awaitPositions(offsets, patience);
    }

    public Condition condition() {
        return table.condition();
    }

    private void write(String id, byte @Nullable [] value) {
        try {
            if (!await(writer.broadcast(topic, id, value), PATIENCE)) {
                throw new KafkaUnavailableException("the change was written but did not come back in time", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("interrupted", e);
        }
    }

    @Override
    public void close() {
        table.close();
    }
}
