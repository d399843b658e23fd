package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.network.Reliability;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** How far a host can be relied on. */
@Path("/api/v1/hosts/{host}/reliability")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class ReliabilityResource {
    private final HostScores scores;

    public ReliabilityResource(HostScores scores) {
        this.scores = scores;
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows({Source.LIVE, Source.EVENTS})
    @Operation(summary = "A host's score of reliability, with its inputs")
    public Reliability of(@PathParam("host") String host) {
        return scores.of(host).orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no host " + host));
    }
}
