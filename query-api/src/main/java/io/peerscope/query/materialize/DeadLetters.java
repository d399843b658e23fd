package io.peerscope.query.materialize;

import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Where records go that can never be stored, unchanged, with where they came from and why. */
final class DeadLetters implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final long PATIENCE_SECONDS = 10;

    private final Producer<String, byte[]> producer;

    DeadLetters(KafkaClients clients, String clientId) {
        this.producer = clients.producer(clientId, Map.of());
    }

    /** @throws KafkaUnavailableException where it is not confirmed: then the record must not be passed over */
    void put(ConsumerRecord<String, byte[]> row, String why) {
        LOG.warnf("%s-%d@%d cannot be stored: %s", row.topic(), row.partition(), row.offset(), why);
        Optional<Topic> letters = Topic.all().stream()
                .filter(topic -> topic.topicName().equals(row.topic() + ".dlq"))
                .findFirst();
        if (letters.isEmpty()) {
            return;
        }
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(letters.get().topicName(), row.key(), row.value());
        letter.headers()
                .add("peerscope.error", why.getBytes(StandardCharsets.UTF_8))
                .add("peerscope.topic", row.topic().getBytes(StandardCharsets.UTF_8))
                .add("peerscope.partition", Integer.toString(row.partition()).getBytes(StandardCharsets.UTF_8))
                .add("peerscope.offset", Long.toString(row.offset()).getBytes(StandardCharsets.UTF_8));
        try {
            producer.send(letter).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new KafkaUnavailableException("the dead letter was not confirmed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("interrupted", e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(3));
    }
}
