package io.peerscope.cli.kafka;

import io.peerscope.foundation.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Records that could not be processed: read, and brought back to where they came from, each once. */
public final class DeadLetters implements AutoCloseable {
    /** Remembers how far letters were brought back. */
    private static final String GROUP = "peerscope-replay-dlq";

    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaClients clients;
    private final Admin admin;
    private final TopicPartition letters;

    public DeadLetters(KafkaClients clients, String topic) {
        this.clients = clients;
        this.admin = clients.admin("cli-dead-letters");
        this.letters = new TopicPartition(topic, 0);
    }

    /** What stands on one. Streams and the materializer name their headers differently. */
    public record Letter(
            long offset, Instant at, String topic, int partition, String from, String why, boolean complete) {
        static Letter of(ConsumerRecord<String, byte[]> row) {
            Optional<String> topic = either(row, "peerscope.topic", "__streams.errors.topic");
            Optional<String> partition = either(row, "peerscope.partition", "__streams.errors.partition");
            String offset =
                    either(row, "peerscope.offset", "__streams.errors.offset").orElse("?");
            String why = either(row, "peerscope.error", "__streams.errors.message")
                    .or(() -> either(row, "__streams.errors.exception", "__streams.errors.exception"))
                    .orElse("no reason given");
            return new Letter(
                    row.offset(),
                    Instant.ofEpochMilli(row.timestamp()),
                    topic.orElse("?"),
                    partition.map(Integer::parseInt).orElse(-1),
                    topic.orElse("?") + "-" + partition.orElse("?") + "@" + offset,
                    why,
                    topic.isPresent() && partition.isPresent() && row.value() != null);
        }

        private static Optional<String> either(ConsumerRecord<String, byte[]> row, String one, String other) {
            Header header = row.headers().lastHeader(one);
            if (header == null) {
                header = row.headers().lastHeader(other);
            }
            return header == null || header.value() == null
                    ? Optional.empty()
                    : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
        }
    }

    /** A letter, and the record that it holds. */
    private record Opened(Letter letter, ConsumerRecord<String, byte[]> row) {}

    /** Those not brought back yet. */
    public List<Letter> unread(int most) {
        return open(most).stream().map(Opened::letter).toList();
    }

    /**
     * Writes them to the partition they came from, in order, and remembers how far it has come. Called again it goes on
     * from there.
     *
     * @return those that were written back; those of which nobody knows where they belong are passed over
     */
    public List<Letter> bringBack(int most) {
        List<Opened> opened = open(most);
        try (Producer<String, byte[]> producer = clients.producer("cli-replay", Map.of("max.block.ms", 5000))) {
            List<Future<RecordMetadata>> pending = new ArrayList<>();
            List<Letter> written = new ArrayList<>();
            for (Opened one : opened) {
                if (one.letter().complete()) {
                    ConsumerRecord<String, byte[]> row = one.row();
                    pending.add(producer.send(new ProducerRecord<>(
                            one.letter().topic(), one.letter().partition(), row.timestamp(), row.key(), row.value())));
                    written.add(one.letter());
                }
            }
            for (Future<RecordMetadata> each : pending) {
                each.get();
            }
            if (!opened.isEmpty()) {
                remember(opened.getLast().letter().offset() + 1);
            }
            return written;
        } catch (ExecutionException e) {
            throw Kafka.failure(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            throw Kafka.failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Kafka.failure(e);
        }
    }

    private List<Opened> open(int most) {
        try (Consumer<String, byte[]> consumer = clients.consumer("cli-dead-letters", Map.of())) {
            consumer.assign(List.of(letters));
            long begin = consumer.beginningOffsets(List.of(letters)).getOrDefault(letters, 0L);
            long end = consumer.endOffsets(List.of(letters)).getOrDefault(letters, 0L);
            consumer.seek(letters, Math.max(begin, remembered()));
            List<Opened> found = new ArrayList<>();
            while (found.size() < most && consumer.position(letters) < end) {
                for (ConsumerRecord<String, byte[]> row : consumer.poll(POLL)) {
                    if (found.size() < most) {
                        found.add(new Opened(Letter.of(row), row));
                    }
                }
            }
            return found;
        } catch (KafkaException e) {
            throw Kafka.failure(e);
        }
    }

    private long remembered() {
        OffsetAndMetadata offset = Kafka.answer(
                        admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata())
                .get(letters);
        return offset == null ? 0 : offset.offset();
    }

    private void remember(long next) {
        Kafka.answer(admin.alterConsumerGroupOffsets(GROUP, Map.of(letters, new OffsetAndMetadata(next)))
                .all());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
