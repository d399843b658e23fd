package io.peerscope.query.rest;

import io.peerscope.contracts.event.EventType;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.store.NetworkEvents;
import io.peerscope.query.store.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What happened in the network. */
@Path("/api/v1/network/events")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class NetworkEventsResource {
    private final NetworkEvents events;

    public NetworkEventsResource(NetworkEvents events) {
        this.events = events;
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows(Source.EVENTS)
    @Operation(summary = "State changes, failovers, discoveries, transfers, security events, newest first")
    public Map<String, Object> list(
            @QueryParam("host") @Nullable String host,
            @QueryParam("type") @Nullable String type,
            @QueryParam("peer") @Nullable String peer,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        Page<NetworkEvent> found = events.list(
                new NetworkEvents.Filter(
                        Query.text(host),
                        Query.word("type", type, EventType::of, EventType.words()),
                        Query.text(peer),
                        Query.time("from", from),
                        Query.time("to", to)),
                paging.page(),
                paging.size());
        return Listing.page("events", found.items(), found.total(), paging);
    }
}
