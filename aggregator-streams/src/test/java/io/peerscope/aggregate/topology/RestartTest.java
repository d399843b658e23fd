package io.peerscope.aggregate.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.aggregate.Sent;
import io.peerscope.aggregate.window.Reconciliation;
import io.peerscope.aggregate.window.ReferenceWindows;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.NetworkLive;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.rollup.RollupBatchCodec;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker: stopped once, killed twice, and every window is there once, to the last bit. */
class RestartTest {
    private static final int HOSTS = 8;
    private static final int STEP_MILLIS = 5_000;

    @TempDir
    private Path folder;

    /** Ahead of the wall clock: the broker deletes what is old, and nothing shall close because a test was slow. */
    private final long start = System.currentTimeMillis() / 60_000 * 60_000 + 1_800_000;

    private final Reconciliation seen = new Reconciliation();
    private final ReferenceWindows reference = new ReferenceWindows();
    private final Random random = new Random(11);
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    @Test
    void noWindowIsLostOrDoubled() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(KafkaOptions.in(folder.resolve("kafka")))) {
            KafkaConfig config = KafkaConfig.local(broker.bootstrapServers(), folder.resolve("unused"));
            KafkaClients clients = new KafkaClients(config);
            try (Admin admin = clients.admin("test")) {
                new Topics(admin, config).ensure();
            }
            try (Producer<String, byte[]> producer = clients.producer("test", Map.of());
                    Consumer<String, byte[]> rollups = reader(clients, Topic.METRICS_ROLLUPS);
                    Consumer<String, byte[]> network = reader(clients, Topic.NETWORK_LIVE)) {
                live(broker, producer, rollups, network);
            } catch (ConditionTimeoutException timedOut) {
                throw new AssertionError(findings(clients), timedOut);
            }
        }
        seen.assertEquals(reference);
        assertThat(seen.late()).isZero();
    }

    private void live(
            EmbeddedKafka broker,
            Producer<String, byte[]> producer,
            Consumer<String, byte[]> rollups,
            Consumer<String, byte[]> network)
            throws Exception {
        Path state = folder.resolve("state");
        try (AggregatorProcess first = AggregatorProcess.start(broker.bootstrapServers(), state)) {
            send(producer, 0, 50);
            awaitWindows(rollups, HOSTS);
            first.kill();
        }
        send(producer, 50, 60);
        try (AggregatorProcess second = AggregatorProcess.start(broker.bootstrapServers(), state)) {
            send(producer, 60, 100);
            awaitWindows(rollups, HOSTS * 6);
            second.stop();
        }
        try (AggregatorProcess third = AggregatorProcess.start(broker.bootstrapServers(), state)) {
            send(producer, 100, 150);
            awaitWindows(rollups, HOSTS * 9);
            third.kill();
        }
        try (AggregatorProcess fourth = AggregatorProcess.start(broker.bootstrapServers(), state)) {
            close(producer, 150);
            awaitWindows(rollups, reference.truth().size());
            awaitNetwork(network);
        }
    }

    private static Consumer<String, byte[]> reader(KafkaClients clients, Topic topic) {
        Consumer<String, byte[]> consumer = clients.consumer("test-" + topic, Map.of());
        List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                .map(partition -> new TopicPartition(topic.topicName(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private void send(Producer<String, byte[]> producer, int fromStep, int toStep) throws Exception {
        for (int step = fromStep; step < toStep; step++) {
            for (int number = 0; number < HOSTS; number++) {
                String host = "h" + number;
                long now = start + (long) step * STEP_MILLIS + number;
                List<Point> points = List.of(
                        Sent.host(host, now - random.nextInt(8) * 1000L, Map.of("cpu_usage", random.nextGaussian())),
                        Sent.link(host, "peer", now, random.nextGaussian(), 0));
                points.forEach(reference::add);
                write(producer, host, now, points);
            }
        }
        confirm();
    }

    /** Time goes on without points: everything may close. */
    private void close(Producer<String, byte[]> producer, int step) throws Exception {
        for (int number = 0; number < HOSTS; number++) {
            write(producer, "h" + number, start + (long) step * STEP_MILLIS + 120_000, List.of());
        }
        confirm();
    }

    private void write(Producer<String, byte[]> producer, String host, long now, List<Point> points) {
        sent.add(producer.send(new ProducerRecord<>(
                Topic.METRICS_POINTS.topicName(),
                null,
                now,
                host,
                PointBatchCodec.encode(Sent.batch(host, now, points)))));
    }

    /** The reference holds what was sent, so all of it must be in the log. */
    private void confirm() throws Exception {
        for (Future<RecordMetadata> record : sent) {
            record.get(150, TimeUnit.SECONDS); // longer than the producer itself tries
        }
        sent.clear();
    }

    private String findings(KafkaClients clients) throws Exception {
        return "%s%nmissing:%n%s%n%s%nthe last aggregator printed:%n%s"
                .formatted(
                        seen.windows() + " windows of " + reference.truth().size() + ", " + seen.late() + " late",
                        seen.missing(reference),
                        Backlog.of(clients, Application.AGGREGATOR, Topic.METRICS_POINTS),
                        AggregatorProcess.lastWords(folder.resolve("state")));
    }

    private void awaitWindows(Consumer<String, byte[]> rollups, int windows) {
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> {
            for (ConsumerRecord<String, byte[]> record : rollups.poll(Duration.ofMillis(100))) {
                seen.read(RollupBatchCodec.decode(record.value()));
            }
            return seen.windows() >= windows;
        });
    }

    private static void awaitNetwork(Consumer<String, byte[]> network) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            boolean all = false;
            for (ConsumerRecord<String, byte[]> record : network.poll(Duration.ofMillis(100))) {
                all |= Json.decode(record.value(), NetworkLive.class).activeHosts() == HOSTS;
            }
            return all;
        });
    }
}
