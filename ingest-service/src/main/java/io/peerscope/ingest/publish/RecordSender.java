package io.peerscope.ingest.publish;

import static java.util.Map.entry;

import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaUnavailableException;
import io.peerscope.ingest.intake.BatchLog.Outcome;
import java.time.Duration;
import java.util.Collections;
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
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one producer of the service. It is called from event loops, so sending never blocks: the topics' metadata are
 * fetched before the first record and kept, and where the producer would have to wait it refuses.
 */
public final class RecordSender implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RecordSender.class);
    private static final List<Topic> TOPICS =
            List.of(Topic.METRICS_POINTS, Topic.NETWORK_EVENTS, Topic.INGEST_RECEIPTS, Topic.SECURITY_TOKEN_USE);
    private static final Duration METADATA_PATIENCE = Duration.ofSeconds(10);
    private static final Duration METADATA_PAUSE = Duration.ofMillis(50);

    private final GroupCommit commit = new GroupCommit(Duration.ofMillis(5));
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
                // Kafka's LZ4 sets 128 KiB aside for each partition of each request, its Snappy uses them again: a
                // sixth less
                // CPU time and a quarter more samples a second, for a fifth more on the broker's disk
                entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "snappy"),
                // what GroupCommit lets through goes at once, and in one request
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

    /** Records of one key. */
    record Keyed(String key, List<byte[]> values) {}

    /** All of them or, as far as anybody knows, none; completes within a few seconds. */
    CompletionStage<Outcome> send(Topic topic, String key, long timestamp, List<byte[]> values) {
        return send(topic, timestamp, List.of(new Keyed(key, values)), List.of())
                .thenApply(List::getFirst);
    }

    /**
     * Several groups at once, so that they can share a request to the broker.
     *
     * @param headers of each record
     * @return of each group: all of it or, as far as anybody knows, nothing
     */
    CompletionStage<List<Outcome>> send(Topic topic, long timestamp, List<Keyed> groups, Iterable<Header> headers) {
        Producer<String, byte[]> opened = producer;
        if (opened == null) {
            return CompletableFuture.completedStage(
                    Collections.nCopies(groups.size(), new Outcome.Unconfirmed(trouble)));
        }
        int records = 0;
        for (Keyed group : groups) {
            records += group.values().size();
        }
        Confirmation confirmation = new Confirmation(groups.size(), records, this::failed);
        if (records > 0) {
            commit.submit(through -> {
                confirmation.begin(through);
                write(opened, topic, timestamp, groups, headers, confirmation);
            });
        }
        return confirmation.outcomes().thenApply(this::noted);
    }

    private static void write(
            Producer<String, byte[]> opened,
            Topic topic,
            long timestamp,
            List<Keyed> groups,
            Iterable<Header> headers,
            Confirmation confirmation) {
        for (int i = 0; i < groups.size(); i++) {
            Keyed group = groups.get(i);
            confirmation.expect(i, group.values().size());
            for (int j = 0; j < group.values().size(); j++) {
                try {
                    opened.send(
                            new ProducerRecord<>(
                                    topic.topicName(),
                                    null,
                                    timestamp,
                                    group.key(),
                                    group.values().get(j),
                                    headers),
                            confirmation.of(i, j));
                } catch (KafkaException | IllegalStateException e) { // closed, or beyond recovery
                    confirmation.failed(i, e);
                }
            }
        }
    }

    private List<Outcome> noted(List<Outcome> outcomes) {
        if (!trouble.isEmpty() && producer != null && outcomes.stream().anyMatch(Outcome.Durable.class::isInstance)) {
            trouble = "";
            LOG.info("Kafka takes records again");
        }
        return outcomes;
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
        commit.close();
        if (opened != null) {
            opened.close(Duration.ofSeconds(3));
        }
    }
}
