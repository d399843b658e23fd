package io.peerscope.aggregate.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.aggregate.Sent;
import io.peerscope.aggregate.window.Reconciliation;
import io.peerscope.aggregate.window.ReferenceWindows;
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
import io.peerscope.testkit.process.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two aggregators share the hosts of a real broker, and one of the three is killed or stopped again and again: every
 * window is there once, to the last bit, or left to the raw points by a notice. Hosts fall silent at the end, so what is
 * still open closes by the clock.
 */
@Tag("soak")
class RivalsTest {
    private static final int HOSTS = 8;
    private static final int STEP_MILLIS = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("peerscope.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    /** Long enough ago for all that is sent; what is open when nothing comes any more is over. */
    private final long start = System.currentTimeMillis() / 60_000 * 60_000 - 4 * 3_600_000;

    private final Reconciliation seen = new Reconciliation();
    private final ReferenceWindows reference = new ReferenceWindows();
    private final Map<String, AggregatorProcess> aggregators = new HashMap<>();
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private int step;

    @SuppressWarnings("NullAway.Init")
    private EmbeddedKafka broker;

    @SuppressWarnings("NullAway.Init")
    private KafkaClients clients;

    @SuppressWarnings("NullAway.Init")
    private Producer<String, byte[]> producer;

    @SuppressWarnings("NullAway.Init")
    private Consumer<String, byte[]> rollups;

    @BeforeEach
    void begin() {
        System.out.printf("seed %d (again with -Dpeerscope.test.seed=%d)%n", seed, seed);
        broker = EmbeddedKafka.start(KafkaOptions.in(folder.resolve("kafka")));
        KafkaConfig config = KafkaConfig.local(broker.bootstrapServers(), folder.resolve("unused"));
        clients = new KafkaClients(config);
        try (Admin admin = clients.admin("test")) {
            new Topics(admin, config).ensure();
        }
        producer = clients.producer("test", Map.of());
        rollups = clients.consumer("test-rollups", Map.of());
        List<TopicPartition> partitions = rollups.partitionsFor(Topic.METRICS_ROLLUPS.topicName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        rollups.assign(partitions);
        rollups.seekToBeginning(partitions);
    }

    @AfterEach
    void end() throws InterruptedException {
        for (AggregatorProcess each : aggregators.values()) {
            each.close();
        }
        rollups.close();
        producer.close(Duration.ofSeconds(2));
        broker.close();
    }

    @Test
    void killedInMidWindowTwentyTimes() throws Exception {
        kills(20, 6);
    }

    private void kills(int ofAggregators, int ofTheBroker) throws Exception {
        launch("one", AggregatorProcess.SESSION_MILLIS);
        launch("two", AggregatorProcess.SESSION_MILLIS);
        send(30);
        awaitAnyWindow();
        for (int kill = 1; kill <= ofAggregators; kill++) {
            String victim = random.nextBoolean() ? "one" : "two";
            send(random.nextInt(20));
            aggregators.remove(victim).kill();
            send(random.nextInt(20));
            launch(victim, AggregatorProcess.SESSION_MILLIS);
            send(random.nextInt(20));
            // The broker is the coordinator of everybody's transactions, and commits are never more than 100 ms apart.
            if (kill * ofTheBroker / ofAggregators > (kill - 1) * ofTheBroker / ofAggregators) {
                killBroker();
            }
        }
        becomesWhole();
    }

    @Test
    void oneIsStoppedForAMinuteAndWakesUp() throws Exception {
        stopped(AggregatorProcess.SESSION_MILLIS, Duration.ofSeconds(60));
    }

    @Test
    void oneIsStoppedUntilTheOtherHasItsWork() throws Exception {
        stopped(6_000, Duration.ofSeconds(8));
    }

    private void stopped(int sessionMillis, Duration howLong) throws Exception {
        AggregatorProcess one = launch("one", sessionMillis);
        launch("two", sessionMillis);
        send(30);
        awaitAnyWindow();
        send(30);
        try (Signals.Paused paused = Signals.pause(one.program())) {
            send(30);
            long since = System.nanoTime();
            int windows = seen.windows();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> read() && seen.windows() > windows && System.nanoTime() - since > howLong.toNanos());
            send(30);
        }
        send(30);
        becomesWhole();
        assertThat(one.program().isAlive()).isTrue();
    }

    private AggregatorProcess launch(String instance, int sessionMillis) throws IOException {
        AggregatorProcess process =
                AggregatorProcess.start(broker.bootstrapServers(), folder.resolve(instance), instance, sessionMillis);
        aggregators.put(instance, process);
        return process;
    }

    private void killBroker() {
        long killed = broker.pid();
        ProcessHandle.of(killed).ifPresent(Signals::kill);
        Awaitility.await().atMost(PATIENCE).until(() -> broker.pid() != killed);
    }

    private void send(int steps) {
        for (int until = step + steps; step < until; step++) {
            for (int number = 0; number < HOSTS; number++) {
                String host = "h" + number;
                long now = start + (long) step * STEP_MILLIS + number;
                List<Point> points = List.of(
                        Sent.host(
                                host,
                                now - random.nextInt(8) * 1000L,
                                Map.of("cpu_usage", random.nextDouble() * 100, "bytes_sent", (double)
                                        random.nextInt(99))),
                        Sent.link(host, "peer", now, random.nextGaussian(), 0));
                points.forEach(reference::add);
                sent.add(producer.send(new ProducerRecord<>(
                        Topic.METRICS_POINTS.topicName(),
                        null,
                        now,
                        host,
                        PointBatchCodec.encode(Sent.batch(host, now, points)))));
            }
        }
        producer.flush();
    }

    private boolean read() {
        for (ConsumerRecord<String, byte[]> record : rollups.poll(Duration.ofMillis(100))) {
            seen.read(RollupBatchCodec.decode(record.value()));
        }
        return true;
    }

    private void awaitAnyWindow() {
        Awaitility.await().atMost(PATIENCE).until(() -> read() && seen.windows() > 0);
    }

    private void becomesWhole() throws Exception {
        for (Future<RecordMetadata> record : sent) {
            record.get(150, TimeUnit.SECONDS); // longer than the producer itself tries
        }
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> read() && seen.missing(reference).isEmpty());
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(
                    "missing:%n%s%n%s%n%s%n%s"
                            .formatted(
                                    seen.missing(reference),
                                    Backlog.of(clients, Application.AGGREGATOR, Topic.METRICS_POINTS),
                                    AggregatorProcess.lastWords(folder.resolve("one")),
                                    AggregatorProcess.lastWords(folder.resolve("two"))),
                    late);
        }
        read(); // nothing may come on top
        seen.assertEquals(reference);
        assertThat(seen.windows()).isGreaterThan(seen.late());
    }
}
