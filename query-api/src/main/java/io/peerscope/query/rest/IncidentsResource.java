package io.peerscope.query.rest;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.link.IncidentLive;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.network.IncidentView;
import io.peerscope.query.network.NetworkTables;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What went wrong together. */
@Path("/api/v1/incidents")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class IncidentsResource {
    private final NetworkTables network;
    private final LiveTables live;

    public IncidentsResource(NetworkTables network, LiveTables live) {
        this.network = network;
        this.live = live;
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows({Source.LIVE, Source.ALERTS})
    @Operation(summary = "Incidents, open ones first, each with the hosts it hurts and their open alerts")
    public Map<String, Object> list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        Optional<Boolean> open = Query.word("status", status, IncidentsResource::isOpen, "open, ended");
        List<IncidentLive> found = network.incidents().stream()
                .filter(incident -> open.isEmpty() || open.get() == (incident.endedAt() == null))
                .sorted(Comparator.<IncidentLive, Boolean>comparing(incident -> incident.endedAt() != null)
                        .thenComparing(IncidentLive::startedAt, Comparator.reverseOrder())
                        .thenComparing(IncidentLive::id))
                .toList();
        Collection<Alert> alerts = live.openAlerts();
        return Listing.page(
                "incidents",
                paging.of(found).stream()
                        .map(incident -> IncidentView.of(incident, alerts))
                        .toList(),
                found.size(),
                paging);
    }

    private static Boolean isOpen(String word) {
        return switch (word) {
            case "open" -> true;
            case "ended" -> false;
            default -> throw new IllegalArgumentException(word);
        };
    }

    @GET
    @Path("/{id}")
    @Needs(Role.VIEWER)
    @Shows({Source.LIVE, Source.ALERTS})
    @Operation(summary = "One incident")
    public IncidentView incident(@PathParam("id") String id) {
        return network.incident(id)
                .map(incident -> IncidentView.of(incident, live.openAlerts()))
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no incident " + id));
    }
}
