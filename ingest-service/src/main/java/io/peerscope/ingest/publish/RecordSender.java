package io.peerscope.ingest.publish;

import static java.util.Map.entry;

import io.peerscope.contracts.receipt.ReceiptId;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaUnavailableException;
import io.peerscope.ingest.intake.BatchLog.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one producer of the service. It is called from event loops, so sending never blocks: the topics' metadata are
 * fetched before the first record and kept, and where the producer would have to wait it refuses.
 */
public final class RecordSender implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RecordSender.class);
    private static final List<Topic> TOPICS =
            List.of(Topic.METRICS_POINTS, Topic.NETWORK_EVENTS, Topic.INGEST_RECEIPTS);
    private static final Duration METADATA_PATIENCE = Duration.ofSeconds(10);
    private static final Duration METADATA_PAUSE = Duration.ofMillis(50);

    private volatile @Nullable Producer<String, byte[]> producer;
    private volatile String trouble = "not connected yet";

    /**
     * Connects; until then every record is refused.
     *
     * @param buffered most bytes of records that wait for Kafka
     * @throws KafkaUnavailableException where the topics cannot be seen
     */
    public void open(KafkaClients clients, long buffered) throws InterruptedException {
        Producer<String, byte[]> opened = clients.producer("ingest-points", settings(buffered));
        try {
            awaitMetadata(opened);
        } catch (RuntimeException | InterruptedException e) {
            opened.close(Duration.ZERO);
            throw e;
        }
        producer = opened;
        trouble = "";
    }

    private static Map<String, Object> settings(long buffered) {
        return Map.ofEntries(
                // never wait: without metadata or memory the record is refused at once
                entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0),
                entry(ProducerConfig.BUFFER_MEMORY_CONFIG, buffered),
                // the answer must come within 3 s
                entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2500),
                entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2000),
                entry(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 1000L),
                entry(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 2000L),
                // group commit: sent at once where nothing is under way, and what comes meanwhile goes together; so the
                // more there is to do, the larger are the requests, and nobody waits for a timer
                entry(ProducerConfig.LINGER_MS_CONFIG, 0),
                entry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1),
                entry(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024),
                // a broker that is away must not make the client forget where the partitions are: it would then refuse
                // at once for as long as the broker is starting, and ask again with every batch
                entry(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none"),
                // an instance without traffic at night must not have to ask again in the morning
                entry(
                        ProducerConfig.METADATA_MAX_IDLE_CONFIG,
                        Duration.ofDays(365).toMillis()));
    }

    private static void awaitMetadata(Producer<String, byte[]> opened) throws InterruptedException {
        long end = System.nanoTime() + METADATA_PATIENCE.toNanos();
        for (Topic topic : TOPICS) {
            while (!seen(opened, topic)) {
                if (System.nanoTime() > end) {
                    throw new KafkaUnavailableException("no metadata of " + topic, null);
                }
                Thread.sleep(METADATA_PAUSE);
            }
        }
    }

    private static boolean seen(Producer<String, byte[]> opened, Topic topic) {
        try {
            opened.partitionsFor(topic.topicName());
            return true;
        } catch (TimeoutException asked) { // each call asks, none waits
            return false;
        } catch (KafkaException e) {
            throw new KafkaUnavailableException("no metadata of " + topic + ": " + e.getMessage(), e);
        }
    }

    /** All of them or, as far as anybody knows, none; completes within a few seconds. */
    CompletionStage<Outcome> send(Topic topic, String key, long timestamp, List<byte[]> values) {
        Producer<String, byte[]> opened = producer;
        if (opened == null) {
            return CompletableFuture.completedStage(new Outcome.Unconfirmed(trouble));
        }
        Confirmation confirmation = new Confirmation(values.size());
        for (int i = 0; i < values.size(); i++) {
            try {
                opened.send(
                        new ProducerRecord<>(topic.topicName(), null, timestamp, key, values.get(i)),
                        confirmation.of(i));
            } catch (KafkaException | IllegalStateException e) { // closed, or beyond recovery
                confirmation.outcome.complete(failed(e));
            }
        }
        return confirmation.outcome;
    }

    /** Of all records of one batch. Few objects, since there are thousands of batches a second, mostly of one record. */
    private final class Confirmation {
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private final ReceiptId.Place[] places;
        private final AtomicInteger open;

        Confirmation(int records) {
            this.places = new ReceiptId.Place[records];
            this.open = new AtomicInteger(records);
        }

        Callback of(int record) {
            return (metadata, failure) -> {
                if (failure != null) {
                    outcome.complete(failed(failure));
                    return;
                }
                places[record] = new ReceiptId.Place(metadata.partition(), metadata.offset());
                if (open.decrementAndGet() == 0) {
                    outcome.complete(durable(List.of(places)));
                }
            };
        }
    }

    private Outcome durable(List<ReceiptId.Place> places) {
        if (!trouble.isEmpty() && producer != null) {
            trouble = "";
            LOG.info("Kafka takes records again");
        }
        return new Outcome.Durable(places);
    }

    private Outcome failed(Exception failure) {
        String why = String.valueOf(failure.getMessage());
        if (producer == null) {
            return new Outcome.Unconfirmed(why);
        }
        if (trouble.isEmpty()) {
            LOG.warnf("Kafka does not take records: %s", why); // once, not for each record
        }
        trouble = why;
        return new Outcome.Unconfirmed(why);
    }

    /** Down until connected; degraded while the last record failed, since the next may succeed. */
    public Condition condition() {
        String now = trouble;
        if (producer == null) {
            return new Condition.Down("ingest-points: " + now);
        }
        return now.isEmpty() ? Condition.ok() : new Condition.Degraded("ingest-points: " + now);
    }

    /** What was handed over is still written. */
    @Override
    public void close() {
        Producer<String, byte[]> opened = producer;
        producer = null;
        trouble = "closed";
        if (opened != null) {
            opened.close(Duration.ofSeconds(3));
        }
    }
}
