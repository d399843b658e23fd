package io.peerscope.aggregate.live;

import io.peerscope.contracts.live.MapLive;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The maps a host says it runs, one for each map label. */
final class LiveMaps {
    private static final String PLAYERS = "player_count";
    private static final String STATUS = "map_status";
    private static final String OFFLINE = "offline";
    private static final String HOSTING = "hosting";

    private final LiveConfig config;
    private final Map<String, HostedMap> maps = new TreeMap<>();

    LiveMaps(LiveConfig config) {
        this.config = config;
    }

    /** @return how many entries there was no room for */
    int observe(Point point, long now) {
        String name = point.subject().labels().get("map");
        if (name.isEmpty()) {
            return 0; // nobody could say which map it is
        }
        HostedMap map = maps.get(name);
        if (map == null) {
            if (point.isEnd()) {
                return 0;
            }
            if (maps.size() >= config.maxMaps() && !dropStale(now)) {
                return 1;
            }
            map = new HostedMap(point.subject());
            maps.put(name, map);
        }
        int refused = map.observe(point);
        if (map.values.isEmpty() && point.isEnd()) {
            maps.remove(name);
        }
        return refused;
    }

    boolean dropStale(long now) {
        return maps.values().removeIf(map -> !map.fresh(now));
    }

    List<MapLive> view(long now) {
        List<MapLive> views = new ArrayList<>();
        maps.forEach((name, map) -> {
            if (map.fresh(now)) {
                views.add(map.view(name));
            }
        });
        return views;
    }

    Totals totals(long now) {
        Totals totals = new Totals();
        for (HostedMap map : maps.values()) {
            if (map.fresh(now)) {
                totals.add(map, now - LiveConfig.FRESH_MILLIS);
            }
        }
        return totals;
    }

    List<Point> points() {
        List<Point> points = new ArrayList<>();
        maps.values().forEach(map -> map.points(points));
        return points;
    }

    /** Sums over the fresh maps. */
    static final class Totals {
        int p2pHosted;
        int vpsHosted;

        /** Maps of which it is known where they run, also those that are offline. */
        int placed;

        int withPlayers;
        double players;

        private void add(HostedMap map, long since) {
            boolean online = !OFFLINE.equals(map.states.get(STATUS));
            switch (map.hosting()) {
                case "p2p" -> {
                    placed++;
                    p2pHosted += online ? 1 : 0;
                }
                case "vps" -> {
                    placed++;
                    vpsHosted += online ? 1 : 0;
                }
                default -> {}
            }
            OptionalDouble count = map.values.get(PLAYERS, since);
            if (count.isPresent()) {
                withPlayers++;
                players += count.getAsDouble();
            }
        }
    }

    private final class HostedMap {
        private final LatestValues values = new LatestValues(config.maxFields());
        private Map<String, String> states = Map.of();
        private long statesAt = Long.MIN_VALUE;
        private Subject subject;
        private long lastSeen = Long.MIN_VALUE;

        HostedMap(Subject subject) {
            this.subject = subject;
        }

        int observe(Point point) {
            if (point.timestamp() >= lastSeen) {
                lastSeen = point.timestamp();
                subject = point.subject();
            }
            if (!point.states().isEmpty() && point.timestamp() >= statesAt) {
                states = statesAt == point.timestamp() ? merged(point.states()) : point.states();
                statesAt = point.timestamp();
            }
            return values.update(point.shape(), point.timestamp(), point.values());
        }

        private Map<String, String> merged(Map<String, String> more) {
            Map<String, String> all = new TreeMap<>(states);
            all.putAll(more);
            return all;
        }

        String hosting() {
            return subject.labels().get(HOSTING);
        }

        boolean fresh(long now) {
            return now - lastSeen <= LiveConfig.FRESH_MILLIS;
        }

        MapLive view(String name) {
            return new MapLive(name, hosting(), Instant.ofEpochMilli(lastSeen), values.asMap(), states);
        }

        void points(List<Point> into) {
            values.byTime().forEach((time, fields) -> into.add(Point.of(subject, time, fields)));
            if (statesAt != Long.MIN_VALUE) {
                into.add(Point.of(subject, statesAt, Map.of(), states));
            }
        }
    }
}
