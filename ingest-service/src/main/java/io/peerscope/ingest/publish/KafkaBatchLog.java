package io.peerscope.ingest.publish;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaUnavailableException;
import io.peerscope.ingest.intake.BatchLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code metrics.points}: one record a batch, keyed by host, stamped with the time of receipt. Senders call it from event
 * loops, so sending never blocks: the topic's metadata are fetched before the first record and kept, and where the
 * producer would have to wait it refuses.
 */
public final class KafkaBatchLog implements BatchLog, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaBatchLog.class);
    private static final String TOPIC = Topic.METRICS_POINTS.topicName();
    private static final Duration METADATA_PATIENCE = Duration.ofSeconds(10);
    private static final Duration METADATA_PAUSE = Duration.ofMillis(50);

    private final int recordBytes;
    private volatile @Nullable Producer<String, byte[]> producer;
    private volatile String trouble = "not connected yet";

    public KafkaBatchLog() {
        this(Records.MOST_BYTES);
    }

    KafkaBatchLog(int recordBytes) {
        this.recordBytes = recordBytes;
    }

    /**
     * Connects; until then every batch is refused.
     *
     * @param buffered most bytes of records that wait for Kafka
     * @throws KafkaUnavailableException where the topic cannot be seen
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
        return Map.of(
                // never wait: without metadata or memory the record is refused at once
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                0,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                buffered,
                // the answer must come within 3 s
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                2500,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                2000,
                ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
                1000L,
                ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG,
                2000L,
                // batches of many hosts go together; the price is this much latency
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 * 1024,
                // a broker that is away must not make the client forget where the partitions are: it would then refuse
                // at once for as long as the broker is starting, and ask again with every batch
                CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG,
                "none",
                // an instance without traffic at night must not have to ask again in the morning
                ProducerConfig.METADATA_MAX_IDLE_CONFIG,
                Duration.ofDays(365).toMillis());
    }

    private static void awaitMetadata(Producer<String, byte[]> opened) throws InterruptedException {
        long end = System.nanoTime() + METADATA_PATIENCE.toNanos();
        while (true) {
            try {
                opened.partitionsFor(TOPIC);
                return;
            } catch (TimeoutException asked) { // each call asks, none waits
                if (System.nanoTime() > end) {
                    throw new KafkaUnavailableException("no metadata of " + TOPIC, asked);
                }
                Thread.sleep(METADATA_PAUSE);
            } catch (KafkaException e) {
                throw new KafkaUnavailableException("no metadata of " + TOPIC + ": " + e.getMessage(), e);
            }
        }
    }

    @Override
    public CompletionStage<Outcome> append(PointBatch batch) {
        Producer<String, byte[]> opened = producer;
        if (opened == null) {
            return CompletableFuture.completedStage(new Outcome.Unconfirmed(trouble));
        }
        List<byte[]> values = Records.of(batch, recordBytes);
        CompletableFuture<?>[] written = new CompletableFuture<?>[values.size()];
        for (int i = 0; i < written.length; i++) {
            written[i] = send(opened, batch, values.get(i));
        }
        return CompletableFuture.allOf(written).handle((all, failure) -> failure == null ? durable() : failed(failure));
    }

    private static CompletableFuture<Void> send(Producer<String, byte[]> opened, PointBatch batch, byte[] value) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        try {
            opened.send(
                    new ProducerRecord<>(TOPIC, null, batch.receivedAt(), batch.host(), value), (metadata, failure) -> {
                        if (failure == null) {
                            written.complete(null);
                        } else {
                            written.completeExceptionally(failure);
                        }
                    });
        } catch (KafkaException | IllegalStateException e) { // closed, or beyond recovery
            written.completeExceptionally(e);
        }
        return written;
    }

    private Outcome durable() {
        if (!trouble.isEmpty()) {
            trouble = "";
            LOG.info("Kafka takes batches again");
        }
        return new Outcome.Durable();
    }

    private Outcome failed(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String why = String.valueOf(cause.getMessage());
        if (trouble.isEmpty()) {
            LOG.warnf("Kafka does not take batches: %s", why); // once, not for each batch
        }
        trouble = why;
        return new Outcome.Unconfirmed(why);
    }

    /** Down until connected; degraded while the last batch failed, since the next may succeed. */
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
