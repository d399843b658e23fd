package io.peerscope.query.rest;

import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.network.Reliability;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** All hosts by how far they can be relied on. */
@Path("/api/v1/network/reliability")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class ScoresResource {
    private final HostScores scores;

    public ScoresResource(HostScores scores) {
        this.scores = scores;
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows({Source.LIVE, Source.EVENTS})
    @Operation(summary = "All hosts by how far they can be relied on, best first")
    public Map<String, Object> all(
            @QueryParam("page") @Nullable String page, @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        List<Reliability> all = scores.all();
        return Listing.page("hosts", paging.of(all), all.size(), paging);
    }
}
