package io.peerscope.aggregate.mesh;

import io.peerscope.aggregate.Sent;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.link.HostPresence;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.TopologyLive;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What does a large network cost the task that knows the graph? Hosts report ten links each every five seconds, decoded
 * and encoded as on the topics, without Kafka. Run the main with the test class path; arguments: hosts, links of each,
 * seconds. Read the CPU of one second of the network, and how long a tick takes in which the graph changed.
 */
final class MeshSpeed {
    private static final int INTERVAL = 5;

    private MeshSpeed() {}

    public static void main(String[] args) {
        int hosts = Integer.parseInt(args[0]);
        int degree = Integer.parseInt(args[1]);
        int seconds = Integer.parseInt(args[2]);
        Random random = new Random(5);
        List<TreeSet<Integer>> peers = new ArrayList<>();
        for (int i = 0; i < hosts; i++) {
            peers.add(new TreeSet<>());
        }
        for (int i = 0; i < hosts; i++) {
            while (peers.get(i).size() < degree) {
                int other = random.nextInt(hosts);
                if (other != i) {
                    peers.get(i).add(other);
                    peers.get(other).add(i);
                }
            }
        }
        Writing shown = new Writing();
        Mesh mesh = new Mesh(() -> MeshWorld.CONFIG, shown);
        long now = Sent.T0;
        long cpu = 0;
        long points = 0;
        long worst = 0;
        for (int second = 0; second < seconds; second++) {
            List<byte[]> reports = new ArrayList<>();
            for (int host = second % INTERVAL; host < hosts; host += INTERVAL) {
                PointBatch report = report(host, peers.get(host), now, random, second % 7 == 3 && host % 1000 == 0);
                points += second >= 2 * INTERVAL ? report.points().size() - 1 : 0;
                reports.add(PointBatchCodec.encode(report));
            }
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (byte[] report : reports) {
                mesh.report(PointBatchCodec.decode(report), now);
            }
            long tick = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            mesh.tick(now);
            tick = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - tick;
            if (second >= 2 * INTERVAL) {
                cpu += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
                worst = Math.max(worst, tick);
            }
            now += 1000;
        }
        int measured = seconds - 2 * INTERVAL;
        System.out.printf(
                "%d hosts, %d links, %d points/s: %.0f ms CPU a second, longest tick %.0f ms of it, graph made anew %d times%n",
                hosts, shown.links, points / measured, cpu / 1e6 / measured, worst / 1e6, shown.topologies);
        Runtime.getRuntime().gc();
        System.out.printf(
                "heap in use %d MiB, written %.1f MB/s%n",
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20,
                shown.bytes / 1e6 / seconds);
    }

    private static PointBatch report(int host, TreeSet<Integer> peers, long now, Random random, boolean flaps) {
        String name = "host-" + host;
        List<Point> points = new ArrayList<>();
        points.add(Point.of(
                new Subject(name, Subject.HOST, Labels.of("region", "r" + host % 7)), now, Map.of("cpu_usage", 1.0)));
        for (int peer : peers) {
            points.add(Point.of(
                    new Subject(name, Subject.CONNECTION, Labels.of(Map.of("peer", "host-" + peer, "path", "direct"))),
                    now,
                    Map.of(
                            "latency_ms", 20 + random.nextInt(60) / 10.0,
                            "packet_loss", 0.1,
                            "jitter_ms", 2.0,
                            "bandwidth_mbps", 50.0),
                    Map.of("connection_state", flaps && peer % 3 == 0 ? "failed" : "connected")));
        }
        return LinkReports.of(new PointBatch(name, "", 0, now, "r", 0, false, points));
    }

    /** Encodes as the topics would, and counts. */
    private static final class Writing implements Outlet {
        private long bytes;
        private int topologies;
        private int links;

        private void write(@Nullable Object value) {
            bytes += value == null ? 0 : Json.encode(value).length;
        }

        @Override
        public void link(String key, @Nullable LinkLive link) {
            write(link);
        }

        @Override
        public void presence(String host, @Nullable HostPresence presence) {
            write(presence);
        }

        @Override
        public void topology(TopologyLive topology) {
            topologies++;
            links = topology.links();
            write(topology);
        }

        @Override
        public void incident(String id, @Nullable IncidentMemory incident) {
            write(incident);
        }

        @Override
        public void conclude(PointBatch derived) {
            bytes += PointBatchCodec.encode(derived).length;
        }

        @Override
        public void remember(String host, @Nullable HostMemory memory) {
            write(memory);
        }

        @Override
        public void trouble(String key, @Nullable OpenTrouble trouble) {
            write(trouble);
        }
    }
}
