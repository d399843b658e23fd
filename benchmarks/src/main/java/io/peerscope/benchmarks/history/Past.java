package io.peerscope.benchmarks.history;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rollup.MinuteWindow;
import io.peerscope.contracts.rollup.Rollup;
import io.peerscope.contracts.rollup.RollupPlan;
import io.peerscope.contracts.rollup.RollupSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What hosts measured: 20 fields every 5 s, each value a function of host, field and time, so that any part can be made by
 * itself. Like real ones they go up and down over the day and are never quite the same.
 *
 * @param end epoch milliseconds, exclusive, a whole minute
 * @param seed other values for another seed
 */
public record Past(long end, long seed) {
    public static final long EVERY = 5_000;

    /** In order. Of the first ones percentiles are kept; the last two are counters. */
    public static final List<String> FIELDS = List.of(
            "cpu_usage",
            "disk_usage",
            "error_rate",
            "item_count",
            "latency",
            "load1",
            "load5",
            "map_count",
            "memory_bytes",
            "memory_usage",
            "mob_count",
            "network_throughput",
            "player_count",
            "process_count",
            "swap_usage",
            "sync_delay",
            "thread_count",
            "tick_ms",
            "total_in",
            "total_out");

    private static final Shape SHAPE = shape();
    private static final RollupPlan PLAN = new RollupPlan(MetricCatalogue.load());
    private static final double DAY = 86_400_000;

    private static Shape shape() {
        byte[] types = new byte[FIELDS.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = (byte) (counter(i) ? 2 : 1);
        }
        return Shape.typed(FIELDS.toArray(String[]::new), types);
    }

    private static boolean counter(int field) {
        return FIELDS.get(field).startsWith("total_");
    }

    public static String host(int number) {
        return "past-%04d".formatted(number);
    }

    static List<String> hosts(int count) {
        return IntStream.range(0, count).mapToObj(Past::host).toList();
    }

    /** Consecutive points of one host, as one record. */
    PointBatch batch(int host, long from, int points) {
        Subject subject = subject(host);
        List<Point> all = new ArrayList<>(points);
        for (int i = 0; i < points; i++) {
            all.add(point(subject, host, from + i * EVERY));
        }
        long received = from + (points - 1) * EVERY;
        String id = Long.toString(from / EVERY);
        return new PointBatch(subject.host(), id, received, received, "past-" + host + "-" + id, 0, true, all);
    }

    /** What the aggregator would say of a minute. */
    Rollup minute(int host, long start) {
        Subject subject = subject(host);
        RollupSum sum = new RollupSum(SHAPE, PLAN);
        for (long time = start; time < start + MinuteWindow.LENGTH; time += EVERY) {
            Point point = point(subject, host, time);
            sum.add(point.shape(), point.timestamp(), point.values());
        }
        return sum.close(
                (shape, count, total, min, max, last, first, gain, sketches, firstTime, lastTime) -> new Rollup(
                        subject, shape, start, count, total, min, max, last, first, gain, sketches, firstTime,
                        lastTime));
    }

    private static Subject subject(int host) {
        return new Subject(host(host), Subject.HOST, Labels.none());
    }

    private Point point(Subject subject, int host, long time) {
        double[] values = new double[FIELDS.size()];
        double day = Math.sin(time % DAY / DAY * 2 * Math.PI + host);
        for (int field = 0; field < values.length; field++) {
            values[field] = counter(field)
                    ? (time - end + 30 * DAY) / 1000 * (1000 + host) + field
                    : value(host, field, time, day);
        }
        return new Point(subject, time, SHAPE, values, Map.of());
    }

    /** Hundredths from 0 to 100. */
    private double value(int host, int field, long time, double day) {
        long mixed = (seed * 31 + host * 64L + field) * 0x9E3779B97F4A7C15L + time * 0xBF58476D1CE4E5B9L;
        int noise = (int) ((mixed ^ (mixed >>> 29)) & 0x3FF);
        return Math.round(4_000 + 2_500 * day + noise + 8 * field) / 100.0;
    }
}
