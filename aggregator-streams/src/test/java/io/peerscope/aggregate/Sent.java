package io.peerscope.aggregate;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Subject;
import java.util.List;
import java.util.Map;

/** What hosts send, in few words. */
public final class Sent {
    /** A full minute, so that tests can count from it. */
    public static final long T0 = 1_763_687_040_000L;

    private Sent() {}

    public static Point host(String host, long time, Map<String, Double> fields) {
        return Point.of(new Subject(host, Subject.HOST, Labels.none()), time, fields);
    }

    public static Point cpu(String host, long time, double value) {
        return host(host, time, Map.of("cpu_usage", value));
    }

    public static Point link(String host, String peer, long time, double latency, double loss) {
        return Point.of(
                new Subject(host, Subject.CONNECTION, Labels.of("peer", peer)),
                time,
                Map.of("latency_ms", latency, "packet_loss", loss));
    }

    /** Totals since the start. */
    public static Point bytes(String host, String peer, long time, double sent, double received) {
        return Point.of(
                new Subject(host, Subject.CONNECTION, Labels.of("peer", peer)),
                time,
                Map.of("bytes_sent", sent, "bytes_received", received));
    }

    public static Point map(String host, String map, String hosting, long time, double players, String status) {
        return Point.of(
                new Subject(host, Subject.MAP, Labels.of(Map.of("map", map, "hosting", hosting))),
                time,
                Map.of("player_count", players),
                Map.of("map_status", status));
    }

    public static PointBatch batch(String host, long receivedAt, List<Point> points) {
        return new PointBatch(host, "", receivedAt, receivedAt, "receipt", 0, false, points);
    }
}
