package io.peerscope.query.rest;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.live.MapLive;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.access.CredentialBook;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.live.HostList;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.store.AlertReader;
import io.peerscope.query.store.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Hosts as last heard, what they run and what troubles them. */
@Path("/api/v1/hosts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class HostsResource {
    private final LiveTables live;
    private final AlertReader alerts;
    private final CredentialBook credentials;
    private final MetricCatalogue catalogue;

    public HostsResource(LiveTables live, AlertReader alerts, CredentialBook credentials, KnownMetrics metrics) {
        this.live = live;
        this.alerts = alerts;
        this.credentials = credentials;
        this.catalogue = metrics.catalogue();
    }

    /** A host with everything that is known of it now. */
    public record HostDetail(
            String host,
            HostStatus status,
            Instant firstSeen,
            Instant lastSeen,
            Map<String, String> labels,
            Map<String, Double> fields,
            List<MapLive> maps,
            LinksLive links,
            List<Alert> alerts,
            boolean simulated) {}

    @GET
    @Needs(Role.VIEWER)
    @Shows({Source.LIVE, Source.ALERTS})
    @Operation(summary = "All hosts; sort by host, status, last_seen or a field, with a minus the other way round")
    public Map<String, Object> list(
            @QueryParam("status") @Nullable List<String> status,
            @QueryParam("q") @Nullable String text,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        List<HostList.Row> rows = HostList.select(
                live.hosts().values(),
                live.troubledHosts(),
                Query.words("status", status, HostStatus::of, "up, degraded, silent, left"),
                Query.text(text),
                Query.text(sort).map(this::order).orElse(HostList.Order.BY_NAME));
        return Listing.page("hosts", paging.of(rows), rows.size(), paging);
    }

    /** What no host sends and nobody has heard of is a slip of the pen. */
    private HostList.Order order(String sort) {
        HostList.Order order = HostList.Order.of(sort, catalogue::canonicalName);
        if (!order.ofTheHost()
                && catalogue.find(order.by()).isEmpty()
                && live.hosts().values().stream()
                        .noneMatch(host -> host.fields().containsKey(order.by()))) {
            TreeSet<String> fields = live.hosts().values().stream()
                    .flatMap(host -> host.fields().keySet().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            catalogue.all().stream()
                    .filter(metric -> metric.kinds().contains(Subject.HOST))
                    .forEach(metric -> fields.add(metric.name()));
            throw Query.wrong(
                    "sort",
                    "one of " + String.join(", ", HostList.Order.OF_THE_HOST) + ", " + String.join(", ", fields)
                            + "; with a minus the other way round");
        }
        return order;
    }

    @GET
    @Path("/{host}")
    @Needs(Role.VIEWER)
    @Shows({Source.LIVE, Source.ALERTS})
    @Operation(summary = "One host")
    public HostDetail host(@PathParam("host") String name) {
        HostLive host = known(name);
        return new HostDetail(
                host.host(),
                HostList.status(host, live.troubledHosts()),
                host.firstSeen(),
                host.lastSeen(),
                host.labels(),
                host.fields(),
                host.maps(),
                host.links(),
                live.openAlerts().stream()
                        .filter(alert -> alert.host().equals(name))
                        .sorted(Comparator.comparing(Alert::startedAt))
                        .toList(),
                host.simulated());
    }

    @GET
    @Path("/{host}/maps")
    @Needs(Role.VIEWER)
    @Shows(Source.LIVE)
    @Operation(summary = "The maps that a host runs")
    public Map<String, Object> mapsOf(@PathParam("host") String name) {
        HostLive host = known(name);
        return Listing.all(
                "maps",
                host.maps().stream().map(map -> HostList.mapRow(host, map)).toList());
    }

    @GET
    @Path("/{host}/alerts")
    @Needs(Role.VIEWER)
    @Shows(Source.ALERT_HISTORY)
    @Operation(summary = "Alerts of a host, newest first")
    public Map<String, Object> alertsOf(
            @PathParam("host") String name,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        Page<Alert> found = alerts.list(AlertReader.Filter.ofHost(name), paging.page(), paging.size());
        if (found.total() == 0 && credentials.tokensOf(name).isEmpty()) {
            known(name);
        }
        return Listing.page("alerts", found.items(), found.total(), paging);
    }

    private HostLive known(String name) {
        return Optional.ofNullable(live.hosts().get(name))
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no host " + name));
    }
}
