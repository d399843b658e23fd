package io.peerscope.aggregate.mesh;

import io.peerscope.contracts.event.EventType;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a host's batch, or of what happened to it, concerns its links; value of {@code network.reports}. Keys keep apart
 * what may not replace one another when the topic is compacted: a host's name; or a name, a bar, and what happened.
 */
public final class LinkReports {
    private static final String GOODBYE_MARK = "|goodbye";

    private LinkReports() {}

    public enum Sort {
        REPORT,
        EVENT,
        GOODBYE
    }

    /** @param key under which it is sent */
    public record Told(String key, PointBatch batch) {}

    public static Sort read(String key) {
        return key.endsWith(GOODBYE_MARK) ? Sort.GOODBYE : key.indexOf('|') >= 0 ? Sort.EVENT : Sort.REPORT;
    }

    /** The newest point of each link, and who the host is. */
    public static PointBatch of(PointBatch batch) {
        Map<String, Point> links = new HashMap<>();
        @Nullable Point host = null;
        for (Point point : batch.points()) {
            switch (point.subject().kind()) {
                case Subject.CONNECTION -> {
                    String peer = point.subject().labels().get("peer");
                    if (!peer.isEmpty() && !point.isEnd()) {
                        links.merge(peer, point, LinkReports::newer);
                    }
                }
                case Subject.HOST -> {
                    if (!point.subject().labels().asMap().isEmpty()) {
                        host = Point.of(point.subject(), point.timestamp(), Map.of());
                    }
                }
                default -> {}
            }
        }
        List<Point> points = new ArrayList<>(links.values());
        if (host != null) {
            points.add(host);
        }
        return new PointBatch(batch.host(), "", 0, batch.receivedAt(), "", 0, batch.simulated(), points);
    }

    public static boolean anyLink(PointBatch report) {
        for (Point point : report.points()) {
            if (point.subject().kind().equals(Subject.CONNECTION)) {
                return true;
            }
        }
        return false;
    }

    private static Point newer(Point one, Point other) {
        return other.timestamp() >= one.timestamp() ? other : one;
    }

    /** Empty for what says nothing of links and presence. */
    public static Optional<Told> of(NetworkEvent event) {
        long received = event.receivedAt().toEpochMilli();
        String state = stateOf(event.type());
        if (event.type() == EventType.GOODBYE) {
            return Optional.of(new Told(
                    event.host() + GOODBYE_MARK,
                    new PointBatch(event.host(), "", 0, received, "", 0, false, List.of())));
        }
        String peer = event.peer();
        String to = event.to();
        if (state.isEmpty() || peer == null || to == null) {
            return Optional.empty();
        }
        Point point = Point.of(
                new Subject(event.host(), Subject.CONNECTION, Labels.of("peer", peer)),
                event.timestamp().toEpochMilli(),
                Map.of(),
                Map.of(state, to));
        return Optional.of(new Told(
                event.host() + "|" + peer + "|" + state,
                new PointBatch(event.host(), "", 0, received, "", 0, false, List.of(point))));
    }

    private static String stateOf(EventType type) {
        return switch (type) {
            case CONNECTION_STATE -> "connection_state";
            case CIRCUIT_BREAKER -> "circuit_breaker";
            case FAILOVER, DISCOVERY, TRANSFER, SECURITY, GOODBYE, MESSAGE -> "";
        };
    }
}
