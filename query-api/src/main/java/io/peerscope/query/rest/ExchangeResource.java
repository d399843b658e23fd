package io.peerscope.query.rest;

import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.network.ExchangeView;
import io.peerscope.query.network.NetworkTables;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What a host exchanges with its peers. */
@Path("/api/v1/hosts/{host}/exchange")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class ExchangeResource {
    private final LiveTables live;
    private final NetworkTables network;

    public ExchangeResource(LiveTables live, NetworkTables network) {
        this.live = live;
        this.network = network;
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows(Source.LIVE)
    @Operation(summary = "Pools, messages, transfers, circuit breakers and protocols of a host, as it said last")
    public ExchangeView exchange(@PathParam("host") String name) {
        HostLive host = Optional.ofNullable(live.hosts().get(name))
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no host " + name));
        return ExchangeView.of(
                host,
                network.links().stream()
                        .filter(link -> link.a().equals(name) || link.b().equals(name))
                        .toList());
    }
}
