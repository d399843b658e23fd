package io.peerscope.query.rest;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.control.InvalidDocumentException;
import io.peerscope.query.live.AlertWords;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.store.AlertReader;
import io.peerscope.query.store.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/** Alerts, open and past. Open ones are answered from memory, also while the database is away. */
@Path("/api/v1/alerts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class AlertsResource {
    private static final String SEVERITIES = "info, warning, high, critical";
    private static final String OPEN_STATUSES = "pending, firing, no_data";
    private static final String STATUSES = "pending, firing, no_data, resolved";
    static final Set<AlertStatus> SHOWN = Set.of(AlertStatus.FIRING, AlertStatus.NO_DATA);

    static final Comparator<Alert> WORST_FIRST = Comparator.comparing(Alert::severity)
            .reversed()
            .thenComparing(Alert::startedAt, Comparator.reverseOrder())
            .thenComparing(Alert::id);

    private final LiveTables live;
    private final AlertReader history;
    private final KnownAlerts known;
    private final HumanActs acts;

    public AlertsResource(LiveTables live, AlertReader history, KnownAlerts known, HumanActs acts) {
        this.live = live;
        this.history = history;
        this.known = known;
        this.acts = acts;
    }

    @GET
    @Path("/active")
    @Needs(Role.VIEWER)
    @Shows(Source.ALERTS)
    @Operation(
            summary = "Open alerts, worst first; without status those that fire or miss data",
            description =
                    "Words in q are looked for in host, rule, summary, metric and labels. All of them are answered"
                            + " where neither page nor page_size is given.")
    public Map<String, Object> active(
            @QueryParam("severity") @Nullable List<String> severity,
            @QueryParam("host") @Nullable List<String> host,
            @QueryParam("status") @Nullable List<String> status,
            @QueryParam("q") @Nullable String words,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        AlertWords typed = AlertWords.of(Query.text(words).orElse(""));
        Set<Severity> severities = Query.words("severity", severity, Severity::of, SEVERITIES);
        Set<AlertStatus> statuses = Query.words("status", status, AlertsResource::open, OPEN_STATUSES);
        List<String> hosts = Query.list("host", host);
        List<Alert> found = live.openAlerts().stream()
                .filter(alert -> severities.isEmpty() || severities.contains(alert.severity()))
                .filter(alert -> hosts.isEmpty() || hosts.contains(alert.host()))
                .filter(alert -> (statuses.isEmpty() ? SHOWN : statuses).contains(alert.status()))
                .filter(typed::find)
                .sorted(WORST_FIRST)
                .toList();
        return page == null && pageSize == null
                ? Listing.all("alerts", found)
                : Listing.page("alerts", paging.of(found), found.size(), paging);
    }

    private static AlertStatus open(String word) {
        AlertStatus status = AlertStatus.of(word);
        if (status == AlertStatus.RESOLVED) {
            throw new IllegalArgumentException("what is resolved is not open");
        }
        return status;
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows(Source.ALERT_HISTORY)
    @Operation(
            summary = "All alerts that people were told of, newest first",
            description = "Words in q are looked for in host, rule, summary, metric and labels.")
    public Map<String, Object> list(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("host") @Nullable List<String> host,
            @QueryParam("severity") @Nullable List<String> severity,
            @QueryParam("status") @Nullable List<String> status,
            @QueryParam("rule_id") @Nullable List<String> ruleId,
            @QueryParam("q") @Nullable String words,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        AlertReader.Filter filter = new AlertReader.Filter(
                Query.time("from", from),
                Query.time("to", to),
                Query.list("host", host),
                Query.words("severity", severity, Severity::of, SEVERITIES),
                Query.words("status", status, AlertStatus::of, STATUSES),
                Query.list("rule_id", ruleId),
                AlertWords.of(Query.text(words).orElse("")));
        Page<Alert> found = history.list(filter, paging.page(), paging.size());
        return Listing.page("alerts", found.items(), found.total(), paging);
    }

    @GET
    @Path("/{id}")
    @Needs(Role.VIEWER)
    @Shows({Source.ALERTS, Source.ALERT_HISTORY})
    @Operation(summary = "One alert")
    public Alert alert(@PathParam("id") String id) {
        return known.existing(id);
    }

    @GET
    @Path("/{id}/timeline")
    @Needs(Role.VIEWER)
    @Shows(Source.ALERT_HISTORY)
    @Operation(summary = "Every transition, human act and message of an alert, in order")
    public Map<String, Object> timeline(@PathParam("id") String id) {
        List<AlertReader.Moment> moments = history.timeline(id);
        if (moments.isEmpty() && live.alert(id).isEmpty()) {
            throw ProblemException.notFound("alert", id);
        }
        return Listing.all("timeline", moments);
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Needs(Role.OPERATOR)
    @Operation(
            summary = "Acknowledges, resolves, opens again, assigns or annotates an alert; answers once it is so",
            description = "At least one field. null takes assignee or notes away, a field that is left out stays.")
    @RequestBody(content = @Content(schema = @Schema(implementation = AlertChange.Form.class)))
    public Alert change(@PathParam("id") String id, byte @Nullable [] body, @Context ContainerRequestContext request)
            throws InterruptedException, InvalidDocumentException {
        AlertChange wanted = AlertChange.read(Documents.read(body, request.getMediaType()));
        return acts.perform(Caller.of(request), alert(id), wanted, RequestTrace.of(request));
    }
}
