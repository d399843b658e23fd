package io.peerscope.query.rest;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.event.EventType;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.history.Grouping;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.store.HistoryReader;
import io.peerscope.query.store.NetworkEvents;
import io.peerscope.query.store.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What guards of hosts found. */
@Path("/api/v1/security")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class SecurityResource {
    private static final List<String> COUNTED = List.of(
            "cheat_detections",
            "suspicious_activities",
            "attack_detections",
            "authentication_attempts",
            "authentication_failures");
    private static final String BLOCKED = "blocked_packets_per_second";
    private static final int NEWEST = 100;
    private static final Grouping BY_HOST = new Grouping.By(List.of("host"));

    private final LiveTables live;
    private final HistoryReader history;
    private final NetworkEvents events;
    private final QueryClock clock;

    public SecurityResource(LiveTables live, HistoryReader history, NetworkEvents events, QueryClock clock) {
        this.live = live;
        this.history = history;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A host whose guards counted something.
     *
     * @param counts by how much its counters grew, by their names
     * @param blockedPacketsPerSecond that its firewall turns away now
     */
    public record Row(
            String host,
            Map<String, Double> counts,
            @Nullable Double blockedPacketsPerSecond,
            boolean simulated) {}

    @GET
    @Needs(Role.VIEWER)
    @Shows({Source.LIVE, Source.STORED, Source.EVENTS, Source.ALERTS})
    @Operation(
            summary = "Cheats, attacks, refused logins and what looked suspicious over the last hours, and its alerts")
    public Map<String, Object> security(@QueryParam("hours") @Nullable String hours) {
        int asked = Query.hours(hours);
        Instant now = clock.source().instant();
        Instant from = now.minus(Duration.ofHours(asked));
        List<Row> rows = rows(new PastSums(history, from, now));
        Map<String, Double> totals = new TreeMap<>();
        rows.forEach(row -> row.counts().forEach((name, value) -> totals.merge(name, value, Double::sum)));
        Page<NetworkEvent> found = events.list(
                new NetworkEvents.Filter(
                        Optional.empty(),
                        Optional.of(EventType.SECURITY),
                        Optional.empty(),
                        Optional.of(from),
                        Optional.empty()),
                1,
                NEWEST);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("hours", asked);
        answer.put("from", from);
        answer.put("to", now);
        answer.put("totals", totals);
        answer.put("findings_total", found.total());
        answer.put("findings", found.items());
        answer.put("alerts", alerts());
        answer.putAll(Listing.all("hosts", rows));
        return answer;
    }

    private List<Alert> alerts() {
        return live.openAlerts().stream()
                .filter(alert -> "security".equals(alert.labels().get("family")))
                .filter(alert -> AlertsResource.SHOWN.contains(alert.status()))
                .sorted(AlertsResource.WORST_FIRST)
                .toList();
    }

    /** Those with something to tell; most trouble first. */
    private List<Row> rows(PastSums past) {
        Map<String, Map<String, Double>> grown = new TreeMap<>();
        for (String metric : COUNTED) {
            past.growth(Subject.HOST, metric, BY_HOST, series -> Objects.requireNonNullElse(series.host(), ""))
                    .forEach((host, value) ->
                            grown.computeIfAbsent(host, h -> new TreeMap<>()).put(metric, (double) Math.round(value)));
        }
        Map<String, HostLive> hosts = live.hosts();
        TreeSet<String> names = new TreeSet<>(grown.keySet());
        hosts.values().stream()
                .filter(host -> host.fields().containsKey(BLOCKED))
                .forEach(host -> names.add(host.host()));
        List<Row> rows = new ArrayList<>();
        for (String name : names) {
            HostLive host = hosts.get(name);
            rows.add(new Row(
                    name,
                    grown.getOrDefault(name, Map.of()),
                    host == null ? null : host.fields().get(BLOCKED),
                    host != null && host.simulated()));
        }
        rows.sort((one, other) -> Double.compare(trouble(other), trouble(one)));
        return rows;
    }

    /** Attempts to log in are no trouble. */
    private static double trouble(Row row) {
        return row.counts().entrySet().stream()
                .filter(each -> !each.getKey().equals("authentication_attempts"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
