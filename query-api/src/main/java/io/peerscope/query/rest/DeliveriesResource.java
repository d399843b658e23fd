package io.peerscope.query.rest;

import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.store.AlertReader;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What became of messages. */
@Path("/api/v1/deliveries")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class DeliveriesResource {
    private final AlertReader history;
    private final Replays replays;
    private final AuditLog audit;

    public DeliveriesResource(AlertReader history, Replays replays, AuditLog audit) {
        this.history = history;
        this.replays = replays;
        this.audit = audit;
    }

    @GET
    @Needs(Role.OPERATOR)
    @Shows(Source.ALERT_HISTORY)
    @Operation(summary = "Deliveries, newest first")
    public Map<String, Object> list(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("channel_id") @Nullable List<String> channelId,
            @QueryParam("status") @Nullable List<String> status,
            @QueryParam("alert_id") @Nullable String alertId,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        AlertReader.DeliveryFilter filter = new AlertReader.DeliveryFilter(
                Query.time("from", from),
                Query.time("to", to),
                Query.list("channel_id", channelId),
                Query.words("status", status, DeliveryRecord.Status::of, "sent, retrying, failed, dry_run"),
                Query.text(alertId));
        Page<DeliveryRecord> found = history.deliveries(filter, paging.page(), paging.size());
        return Listing.page("deliveries", found.items(), found.total(), paging);
    }

    /** Where to look for what became of it. */
    public record Replayed(String deliveryId) {}

    @POST
    @Path("/{id}/replay")
    @Needs(Role.OPERATOR)
    @Operation(
            summary =
                    "Sends a message again to its channel, with its alerts as they are now; see deliveries for its fate")
    public Response replay(@PathParam("id") String id, @Context ContainerRequestContext request) {
        OutboxMessage message = replays.prepare(id);
        String delivery = audit.record(
                Caller.of(request),
                new AuditLog.Entry("delivery.replay", id, null, null),
                connection -> replays.send(message));
        return Response.accepted(new Replayed(delivery)).build();
    }
}
