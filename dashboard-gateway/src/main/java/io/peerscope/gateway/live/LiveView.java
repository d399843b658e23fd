package io.peerscope.gateway.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.NetworkLive;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The network as the live topics tell it, ready to be shown. Thread-safe; a frame is built once for all who ask. */
public final class LiveView implements LiveState {
    /** {@code network.live} comes every second; from this age on readers are told how old it is. */
    private static final Duration FRESH = Duration.ofSeconds(5);
    /** Alerts in a status frame, the worst first; the REST list has them all. */
    private static final int MOST_ALERTS = 100;

    private record MetricsFrame(String type, Metrics metrics) {}

    /** As {@code GET /api/v1/metrics/realtime} answers. */
    private record Metrics(
            @Nullable Integer activeHosts,
            @Nullable Long totalPlayers,
            @Nullable Double networkHealth,
            @Nullable Double averageLatency,
            NetworkLive.ActiveMaps activeMaps,
            @Nullable Instant asOf,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long ageSeconds) {}

    private record StatusFrame(String type, Status status) {}

    private record Status(
            HostCounts hosts,
            int activeAlertsTotal,
            Map<Severity, Integer> activeAlertsBySeverity,
            List<Alert> activeAlerts,
            Instant asOf) {}

    /** How long a part of a long list serves those who come next. */
    private static final long LUMP_MS = 1000;
    /** Who reads in his own time has parts of his own, which are not kept for ever. */
    private static final int MOST_LUMPS = 32;

    private record Lump(Change change, long madeAt) {}

    /** @param whole whether the frame is the same whatever the reader has seen */
    private record Cached(long seen, boolean whole, Change change) {}

    private final InstantSource clock;
    private final HostBoard hosts = new HostBoard();
    private final AlertBoard alerts = new AlertBoard();
    private final Map<StateKey, Cached> cache = new HashMap<>();
    /** Parts of the list of hosts that more follows, by what their reader had seen. */
    private final Map<Long, Lump> lumps = new LinkedHashMap<>();

    private @Nullable NetworkLive network;
    // From 1: "nothing known yet" is worth a frame too.
    private long metricsVersion = 1;
    private long statusVersion = 1;

    public LiveView(InstantSource clock) {
        this.clock = clock;
    }

    public synchronized void network(NetworkLive latest) {
        network = latest;
        metricsVersion++;
    }

    /** @param host null: it is forgotten */
    public synchronized void host(String name, @Nullable HostLive host) {
        HostCounts before = hosts.counts();
        if (host == null) {
            hosts.remove(name);
        } else {
            hosts.put(host);
        }
        if (!before.equals(hosts.counts())) {
            statusVersion++;
        }
    }

    /** @param alert null: it is closed */
    public synchronized void alert(String key, @Nullable Alert alert) {
        alerts.put(key, alert).forEach(host -> hosts.degrade(host, alerts.troubles(host)));
        statusVersion++;
    }

    /** To be called about once a second: makes stale metrics a change, so that readers see their age grow. */
    public synchronized void tick() {
        if (network != null && age(network).compareTo(FRESH) > 0) {
            metricsVersion++;
        }
    }

    @Override
    public synchronized long version(StateKey key) {
        return switch (key) {
            case StateKey.Metrics metrics -> metricsVersion;
            case StateKey.Status status -> statusVersion;
            case StateKey.Hosts all -> hosts.version();
            case StateKey.OneHost(String host) -> hosts.version(host);
        };
    }

    @Override
    public synchronized Change changesSince(StateKey key, long seen) {
        long now = version(key);
        Cached cached = cache.get(key);
        // Readers in step with one another ask for the same stretch; only a laggard costs a frame of its own.
        if (cached != null && cached.change().version() == now && (cached.seen() == seen || cached.whole())) {
            return cached.change();
        }
        return switch (key) {
            case StateKey.Metrics metrics -> keep(key, seen, true, new Change(metricsFrame(), now, false));
            case StateKey.Status status -> keep(key, seen, true, new Change(statusFrame(), now, false));
            case StateKey.Hosts all -> keep(key, seen, false, hostsSince(seen));
            case StateKey.OneHost(String host) -> hosts.one(host);
        };
    }

    /** A host that changed after a part was made comes in one of the next, so an old part is as good as a new one. */
    private Change hostsSince(long seen) {
        Lump known = lumps.get(seen);
        if (known != null && clock.millis() - known.madeAt() < LUMP_MS) {
            return known.change();
        }
        Change change = hosts.since(seen);
        lumps.remove(seen);
        if (change.more()) {
            lumps.put(seen, new Lump(change, clock.millis()));
            if (lumps.size() > MOST_LUMPS) {
                lumps.remove(lumps.keySet().iterator().next());
            }
        }
        return change;
    }

    private Change keep(StateKey key, long seen, boolean whole, Change change) {
        cache.put(key, new Cached(seen, whole, change));
        return change;
    }

    private Frame metricsFrame() {
        NetworkLive known = network;
        return Frame.of(new MetricsFrame("metrics", known == null ? nothingKnown() : metrics(known)));
    }

    private Metrics metrics(NetworkLive known) {
        Duration age = age(known);
        return new Metrics(
                known.activeHosts(),
                known.totalPlayers(),
                known.networkHealth(),
                known.averageLatency(),
                known.activeMaps(),
                known.asOf(),
                age.compareTo(FRESH) > 0 ? age.toSeconds() : null);
    }

    private static Metrics nothingKnown() {
        return new Metrics(null, null, null, null, new NetworkLive.ActiveMaps(null, null), null, null);
    }

    private Frame statusFrame() {
        return Frame.of(new StatusFrame(
                "status",
                new Status(
                        hosts.counts(),
                        alerts.total(),
                        alerts.bySeverity(),
                        alerts.worst(MOST_ALERTS),
                        clock.instant())));
    }

    private Duration age(NetworkLive known) {
        return Duration.between(known.asOf(), clock.instant());
    }
}
