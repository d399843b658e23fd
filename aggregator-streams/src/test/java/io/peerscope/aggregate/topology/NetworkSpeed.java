package io.peerscope.aggregate.topology;

import io.peerscope.aggregate.AggregatorMeter;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.topic.Application;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.Topics;
import io.peerscope.foundation.streams.HostedStreams;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;

/**
 * What does the largest network cost the aggregator, with a real broker, exactly once, with stores and changelogs? Hosts of a ring
 * report their links every five seconds, at their pace. Run the main with the test class path and {@code -Xmx512m};
 * arguments: hosts, links of each (even), seconds. The first third does not count: there all links are new and the program
 * is not compiled yet. What the sender costs is left out of the CPU; the broker is another process.
 */
final class NetworkSpeed {
    private static final int INTERVAL = 5;
    private static final int FIRST = 3;
    /** Parts of a second, so that reports do not come all at once. */
    private static final int PARTS = 10;

    private static final String SENDER = "network-speed";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private NetworkSpeed() {}

    public static void main(String[] args) throws Exception {
        // until Quarkus has read its settings, every trace of Kafka's clients is made and kept
        LogContext.getLogContext().getLogger("").setLevel(Level.INFO);
        int hosts = Integer.parseInt(args[0]);
        int degree = Integer.parseInt(args[1]);
        int seconds = Integer.parseInt(args[2]);
        Path folder = Files.createTempDirectory(SENDER);
        try (EmbeddedKafka broker = EmbeddedKafka.start(KafkaOptions.in(folder.resolve("kafka")))) {
            KafkaConfig config = KafkaConfig.local(broker.bootstrapServers(), folder.resolve("state"));
            KafkaClients clients = new KafkaClients(config);
            try (var admin = clients.admin(SENDER)) {
                new Topics(admin, config).ensure();
            }
            AggregatorTopology topology = new AggregatorTopology(
                    AggregatorDriver.WINDOWS,
                    AggregatorDriver.PLAN,
                    () -> AggregatorDriver.LIVE,
                    AggregatorMeter.silent());
            try (HostedStreams streams = HostedStreams.start(
                            Application.AGGREGATOR, topology.get(), config, Topic.METRICS_POINTS_DLQ, Map.of());
                    Producer<String, byte[]> producer =
                            clients.producer(SENDER, Map.of(ProducerConfig.LINGER_MS_CONFIG, 20))) {
                run(producer, hosts, degree, seconds);
                System.out.println(streams.condition());
            }
        }
    }

    private static void run(Producer<String, byte[]> producer, int hosts, int degree, int seconds) {
        Random random = new Random(5);
        long begin = System.nanoTime();
        long cpu = 0;
        long wall = 0;
        long points = 0;
        for (int part = 0; part < seconds * PARTS; part++) {
            if (part == seconds * PARTS / FIRST) {
                cpu = cpuOfOthers();
                wall = System.nanoTime();
                points = 0;
            }
            for (int host = part % (INTERVAL * PARTS); host < hosts; host += INTERVAL * PARTS) {
                long now = System.currentTimeMillis();
                byte[] report = PointBatchCodec.encode(report(host, hosts, degree, now, random));
                producer.send(
                        new ProducerRecord<>(Topic.METRICS_POINTS.topicName(), null, now, "host-" + host, report));
                points += degree;
            }
            long due = begin + Duration.ofSeconds(1).toNanos() * (part + 1) / PARTS;
            LockSupport.parkNanos(due - System.nanoTime());
        }
        double lasted = (System.nanoTime() - wall) / 1e9;
        double used = (cpuOfOthers() - cpu) / 1e9;
        Runtime.getRuntime().gc();
        System.out.printf(
                "%d hosts, %d links, %.0f link points/s: %.2f cores, heap in use %d MiB%n",
                hosts,
                hosts * degree / 2,
                points / lasted,
                used / lasted,
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }

    /** Of the process, but for the threads that send. */
    private static long cpuOfOthers() {
        long sending = THREADS.getCurrentThreadCpuTime();
        for (long id : THREADS.getAllThreadIds()) {
            var thread = THREADS.getThreadInfo(id);
            if (thread != null && thread.getThreadName().equals("kafka-producer-network-thread | " + SENDER)) {
                sending += THREADS.getThreadCpuTime(id);
            }
        }
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() - sending;
    }

    private static PointBatch report(int host, int hosts, int degree, long now, Random random) {
        String name = "host-" + host;
        List<Point> points = new ArrayList<>();
        points.add(Point.of(
                new Subject(name, Subject.HOST, Labels.of("region", "r" + host % 7)), now, Map.of("cpu_usage", 1.0)));
        for (int step = 1; step <= degree / 2; step++) {
            // now and then a step is long, as a ring alone is no network
            points.add(link(name, (host + step * step * 7) % hosts, now, random));
            points.add(link(name, (host + hosts - step * step * 7 % hosts) % hosts, now, random));
        }
        return new PointBatch(name, "", now, now, "r", 0, false, points);
    }

    private static Point link(String host, int peer, long now, Random random) {
        boolean flaps = random.nextInt(20_000) == 0;
        return Point.of(
                new Subject(host, Subject.CONNECTION, Labels.of(Map.of("peer", "host-" + peer, "path", "direct"))),
                now,
                Map.of(
                        "latency_ms", 20 + random.nextInt(60) / 10.0,
                        "packet_loss", 0.1,
                        "jitter_ms", 2.0,
                        "bandwidth_mbps", 50.0),
                Map.of("connection_state", flaps ? "failed" : "connected"));
    }
}
