package io.peerscope.query.rest;

import io.peerscope.contracts.link.HostPresence;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.network.NetworkTables;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Whether a host is there. */
@Path("/api/v1/hosts/{host}/presence")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class PresenceResource {
    private final NetworkTables network;

    public PresenceResource(NetworkTables network) {
        this.network = network;
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows(Source.LIVE)
    @Operation(summary = "Whether a host is there, by its own word and that of its peers")
    public HostPresence presence(@PathParam("host") String name) {
        return Optional.ofNullable(network.presences().get(name))
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no host " + name));
    }
}
