package io.peerscope.query.rest;

import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.live.HostList;
import io.peerscope.query.live.LiveTables;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Maps over all hosts. */
@Path("/api/v1/maps")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class MapsResource {
    private final LiveTables live;

    public MapsResource(LiveTables live) {
        this.live = live;
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows(Source.LIVE)
    @Operation(summary = "All maps and where they run")
    public Map<String, Object> maps() {
        return Listing.all(
                "maps",
                live.hosts().values().stream()
                        .flatMap(host -> host.maps().stream().map(map -> HostList.mapRow(host, map)))
                        .sorted(Comparator.comparing(HostList.MapRow::map).thenComparing(HostList.MapRow::host))
                        .toList());
    }
}
