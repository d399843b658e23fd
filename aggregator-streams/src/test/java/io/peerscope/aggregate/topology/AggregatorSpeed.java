package io.peerscope.aggregate.topology;

import io.peerscope.aggregate.AggregatorMeter;
import io.peerscope.aggregate.Sent;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.foundation.streams.HostedStreams;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;

/**
 * What does a million samples cost the aggregator? A backlog lies in a real broker; the aggregator drains it exactly
 * once, with its stores and changelogs. Run the main with the test class path; arguments: samples in a batch, in order
 * or not, millions of samples. Read the CPU seconds of this process (the broker is another one); hosts have 20 fields.
 */
final class AggregatorSpeed {
    private static final int HOSTS = 200;
    private static final int FIELDS = 20;

    private AggregatorSpeed() {}

    public static void main(String[] args) throws Exception {
        int samples = Integer.parseInt(args[0]);
        boolean ordered = Boolean.parseBoolean(args[1]);
        long total = Long.parseLong(args[2]) * 1_000_000;
        Path folder = Files.createTempDirectory("aggregator-speed");
        try (EmbeddedKafka broker = EmbeddedKafka.start(KafkaOptions.in(folder.resolve("kafka")))) {
            KafkaConfig config = KafkaConfig.local(broker.bootstrapServers(), folder.resolve("state"));
            KafkaClients clients = new KafkaClients(config);
            try (var admin = clients.admin("speed")) {
                new Topics(admin, config).ensure();
            }
            List<byte[]> sample = fill(clients, samples, ordered, total);
            decode(sample, samples);
            drain(config, samples, total);
        }
    }

    private static List<byte[]> fill(KafkaClients clients, int samples, boolean ordered, long total) {
        List<byte[]> some = new ArrayList<>();
        AtomicInteger failures = new AtomicInteger();
        Random random = new Random(1);
        long start = System.currentTimeMillis() + 600_000; // the broker would delete what is old
        long perHost = total / samples / HOSTS;
        long seconds = 180; // of event time, so that windows open and close on the way
        try (Producer<String, byte[]> producer =
                clients.producer("speed", Map.of(ProducerConfig.LINGER_MS_CONFIG, 20))) {
            for (long record = 0; record < perHost; record++) {
                long now = start + record * seconds * 1000 / perHost;
                for (int host = 0; host < HOSTS; host++) {
                    String name = "host-" + host;
                    long span = Math.max(1, seconds * 1000 / perHost);
                    byte[] batch = PointBatchCodec.encode(Sent.batch(
                            name, now, points(name, now, samples / FIELDS, ordered ? span : -10_000, random)));
                    producer.send(
                            new ProducerRecord<>(Topic.METRICS_POINTS.topicName(), null, now, name, batch),
                            (position, failure) -> failures.addAndGet(failure == null ? 0 : 1));
                    if (some.size() < 2000) {
                        some.add(batch);
                    }
                }
            }
            producer.flush();
        }
        if (failures.get() > 0) {
            throw new IllegalStateException(failures + " records could not be written");
        }
        return some;
    }

    /** @param span milliseconds over which the points are spread in order; negative: strewn over so many */
    private static List<Point> points(String host, long now, int count, long span, Random random) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Double> values = new HashMap<>();
            for (int field = 0; field < FIELDS; field++) {
                values.put("some_metric_" + field, random.nextInt(10_000) / 100.0);
            }
            long time = span > 0 ? now + i * span / count : now - random.nextInt((int) -span);
            points.add(Sent.host(host, time, values));
        }
        return points;
    }

    private static void decode(List<byte[]> batches, int samples) {
        long points = 0;
        long before = 0;
        for (int round = 0; round < 60; round++) {
            if (round == 20) {
                before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            }
            for (byte[] batch : batches) {
                points += PointBatchCodec.decode(batch).points().size();
            }
        }
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        report("decoding alone, " + points + " points", batches.size() * 40L * samples, nanos, nanos);
    }

    private static void drain(KafkaConfig config, int samples, long total) throws Exception {
        LongAdder points = new LongAdder();
        long expected = total / samples / HOSTS * HOSTS * (samples / FIELDS);
        long cpu = processCpu();
        long wall = System.nanoTime();
        try (HostedStreams streams = HostedStreams.start(
                Application.AGGREGATOR,
                new AggregatorTopology(
                                AggregatorDriver.WINDOWS,
                                AggregatorDriver.PLAN,
                                () -> AggregatorDriver.LIVE,
                                counting(points))
                        .get(),
                config,
                Topic.METRICS_POINTS_DLQ,
                Map.of())) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> points.sum() >= expected);
            report("aggregating", total, processCpu() - cpu, System.nanoTime() - wall);
        }
    }

    private static AggregatorMeter counting(LongAdder points) {
        AggregatorMeter silent = AggregatorMeter.silent();
        return new AggregatorMeter() {
            @Override
            public void received(int count) {
                points.add(count);
            }

            @Override
            public void windowed(int count) {
                silent.windowed(count);
            }

            @Override
            public void late(int count) {
                silent.late(count);
            }

            @Override
            public void closed(boolean recounted) {
                silent.closed(recounted);
            }

            @Override
            public void handedOver() {
                silent.handedOver();
            }

            @Override
            public void truncated(int entries) {
                silent.truncated(entries);
            }
        };
    }

    private static long processCpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void report(String what, long samples, long cpu, long wall) {
        System.out.printf(
                "%s: %,.0f samples/s, %.2f CPU s per million samples%n",
                what, samples / (wall / 1e9), cpu / 1e9 / (samples / 1e6));
    }
}
