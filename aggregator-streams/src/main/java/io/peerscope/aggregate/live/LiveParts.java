package io.peerscope.aggregate.live;

import io.peerscope.contracts.live.PartLive;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a host says of its pools and other resources, of its protocols, and of what it counts by type. */
final class LiveParts {
    /** By which hosts count; other labels of theirs say who they are. */
    private static final Set<String> COUNTED_BY = Set.of("type", "method", "result", "state", "direction");

    /** A host has a few pools, protocols and types of messages. */
    private static final int MOST = 100;

    private final int maxFields;
    private final Map<Subject, Part> parts = new TreeMap<>();

    LiveParts(int maxFields) {
        this.maxFields = maxFields;
    }

    static boolean isCountedBy(Subject host) {
        return host.labels().asMap().keySet().stream().anyMatch(COUNTED_BY::contains);
    }

    /** @return how many parts and fields there was no room for */
    int observe(Point point, long now) {
        Subject subject = point.subject();
        Part part = parts.get(subject);
        if (part == null) {
            if (point.isEnd()) {
                return 0;
            }
            if (parts.size() >= MOST && !dropStale(now)) {
                return 1;
            }
            part = new Part(new LatestValues(maxFields));
            parts.put(subject, part);
        }
        part.lastSeen = Math.max(part.lastSeen, point.timestamp());
        int refused = part.values.update(point.shape(), point.timestamp(), point.values());
        if (part.values.isEmpty() && point.isEnd()) {
            parts.remove(subject);
        }
        return refused;
    }

    boolean dropStale(long now) {
        return parts.values().removeIf(part -> now - part.lastSeen > LiveConfig.FRESH_MILLIS);
    }

    /** @param ofHost labels that say who the host is; what has no other is no part of it */
    List<PartLive> view(Labels ofHost) {
        List<PartLive> views = new ArrayList<>();
        parts.forEach((subject, part) -> {
            Map<String, String> own = new TreeMap<>(subject.labels().asMap());
            own.entrySet().removeAll(ofHost.asMap().entrySet());
            Map<String, Double> fields = part.values.asMap();
            if (!fields.isEmpty() && !(own.isEmpty() && subject.kind().equals(Subject.HOST))) {
                views.add(new PartLive(subject.kind(), own, Instant.ofEpochMilli(part.lastSeen), fields));
            }
        });
        return views;
    }

    List<Point> points() {
        List<Point> points = new ArrayList<>();
        parts.forEach((subject, part) ->
                part.values.byTime().forEach((time, fields) -> points.add(Point.of(subject, time, fields))));
        return points;
    }

    private static final class Part {
        private final LatestValues values;
        private long lastSeen = Long.MIN_VALUE;

        Part(LatestValues values) {
            this.values = values;
        }
    }
}
