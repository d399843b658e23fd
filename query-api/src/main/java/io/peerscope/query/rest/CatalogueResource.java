package io.peerscope.query.rest;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.security.Role;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What is known of fields before anyone sends them. */
@Path("/api/v1/catalog")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class CatalogueResource {
    private final MetricCatalogue catalogue;

    public CatalogueResource(KnownMetrics known) {
        this.catalogue = known.catalogue();
    }

    @GET
    @Path("/metrics")
    @Needs(Role.VIEWER)
    @Operation(summary = "The known metrics: unit, range, aliases, meaning; and states, which are words instead")
    public Map<String, Object> metrics() {
        Map<String, Object> answer = Listing.all("metrics", List.copyOf(catalogue.all()));
        answer.put("states", List.copyOf(catalogue.allStates()));
        return answer;
    }
}
