package io.peerscope.query.rest;

import io.peerscope.contracts.live.NetworkLive;
import io.peerscope.contracts.point.Subject;
import io.peerscope.query.history.Aggregate;
import io.peerscope.query.history.Grouping;
import io.peerscope.query.history.HistoryRequest;
import io.peerscope.query.history.RangeTooWideException;
import io.peerscope.query.live.HostFigures;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.session.SessionFilter;
import io.peerscope.query.session.SessionStats;
import io.peerscope.query.store.HistoryReader;
import io.peerscope.query.store.SessionReader;
import io.peerscope.query.store.SessionStatsReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The figures of streaming peers as of now. Each is of hosts and of sessions alike, as far as both tell it. */
final class PeerFigures {
    private static final Duration FRESH = Duration.ofSeconds(15);
    private static final Duration LATELY = Duration.ofMinutes(5);
    private static final Duration AHEAD = Duration.ofSeconds(2);

    private final LiveTables live;
    private final HistoryReader history;
    private final SessionReader sessions;
    private final SessionStatsReader stats;

    PeerFigures(LiveTables live, HistoryReader history, SessionReader sessions, SessionStatsReader stats) {
        this.live = live;
        this.history = history;
        this.sessions = sessions;
        this.stats = stats;
    }

    /** Means over the hosts that are up; throughput is their sum. */
    public record SystemMetrics(
            @Nullable Double cpuUsage,
            @Nullable Double memoryUsage,
            @Nullable Double networkThroughput,
            @Nullable Long activeStreams,
            @Nullable Long totalPeers,
            @Nullable Double errorRate) {}

    /**
     * Null where nothing is known.
     *
     * @param activeUsers of sessions heard of in the last minute, or that hosts count, whichever are more: most are both
     * @param p2pConnections links of hosts that are fresh, and connections of sessions heard of in the last minute
     * @param averageLatencyMs mean of these links; where there are none, of the measurements of sessions
     * @param bandwidthMbps mean of all measurements of the last minutes, of hosts and of sessions
     * @param successRate percent of connections of sessions that stand; where there are none, of attempts of hosts in the
     *     last minutes that did not fail
     * @param activeStreams as {@code activeUsers}
     */
    public record RealtimeMetrics(
            @Nullable Long activeUsers,
            @Nullable Long p2pConnections,
            @Nullable Double averageLatencyMs,
            @Nullable Double bandwidthMbps,
            @Nullable Double successRate,
            @Nullable Long activeStreams,
            SystemMetrics systemMetrics,
            Instant asOf) {}

    RealtimeMetrics at(Instant now) {
        HostFigures hosts = new HostFigures(live.hosts().values());
        Optional<NetworkLive> network =
                live.network().filter(totals -> totals.asOf().isAfter(now.minus(FRESH)));
        SessionStats last = stats.stats(SessionFilter.active(now), SessionFilter.activeSince(now));
        boolean any = sessions.any();
        Long streams = more(last.activeStreams(), hosts.sum("active_streams"), any);
        @Nullable Double latency = network.map(NetworkLive::averageLatency).orElse(last.averageLatencyMs());
        @Nullable Double bandwidth = lately(now, Aggregate.AVG, Subject.CONNECTION, "bandwidth_mbps");
        @Nullable Double success = last.successRate();
        return new RealtimeMetrics(
                more(last.totalUsers(), hosts.sum("active_users"), any),
                connections(network, last, any),
                latency,
                bandwidth != null ? bandwidth : last.averageBandwidthMbps(),
                success != null ? success : attempts(now),
                streams,
                new SystemMetrics(
                        hosts.mean("cpu_usage"),
                        hosts.mean("memory_usage"),
                        hosts.sum("network_throughput"),
                        streams,
                        network.map(totals -> (long) totals.activeHosts()).orElse(null),
                        hosts.mean("error_rate")),
                now);
    }

    /** Null where neither sessions nor hosts tell. */
    private static @Nullable Long more(long ofSessions, @Nullable Double ofHosts, boolean anySession) {
        if (ofHosts == null) {
            return anySession ? (Long) ofSessions : null;
        }
        return Math.max(ofSessions, Math.round(ofHosts));
    }

    /** A connection of a session is among the fresh links too, one for each peer. */
    private static @Nullable Long connections(Optional<NetworkLive> network, SessionStats last, boolean any) {
        if (network.isEmpty()) {
            return any ? (Long) last.totalConnections() : null;
        }
        long links = network.get().links();
        return links + last.totalConnections() - Math.min(links, last.totalPeers());
    }

    private @Nullable Double attempts(Instant now) {
        Double attempts = lately(now, Aggregate.RATE, Subject.HOST, "connection_attempts");
        if (attempts == null || attempts <= 0) {
            return null;
        }
        Double failures = lately(now, Aggregate.RATE, Subject.HOST, "connection_failures");
        return failures == null ? null : (Double) (100 * Math.clamp(1 - failures / attempts, 0.0, 1.0));
    }

    /** One number for everybody over the last minutes; null also where that would be too much reading. */
    private @Nullable Double lately(Instant now, Aggregate aggregate, String kind, String metric) {
        HistoryRequest request = new HistoryRequest(
                now.minus(LATELY),
                now.plus(AHEAD),
                List.of(metric),
                List.of(),
                kind,
                Map.of(),
                aggregate,
                new Grouping.All(),
                1);
        try {
            return history.answer(request, now).series().stream()
                    .flatMap(series -> series.points().stream())
                    .map(point -> point.get(1))
                    .filter(Number.class::isInstance)
                    .map(value -> ((Number) value).doubleValue())
                    .findFirst()
                    .orElse(null);
        } catch (RangeTooWideException e) {
            return null;
        }
    }
}
