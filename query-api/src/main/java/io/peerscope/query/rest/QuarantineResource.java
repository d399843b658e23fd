package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.foundation.security.Principal;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.store.LedgerReader;
import io.peerscope.query.store.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What was refused, and why. Hosts may ask for what is their own, fleets for all. */
@Path("/api/v1/quarantine")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class QuarantineResource {
    private final LedgerReader reader;

    public QuarantineResource(LedgerReader reader) {
        this.reader = reader;
    }

    @GET
    @Needs(value = Role.OPERATOR, orSender = true)
    @Shows(Source.LEDGER)
    @Operation(summary = "Samples that were refused, newest first; without a name, how many more of a reason")
    public Map<String, Object> quarantine(
            @QueryParam("host") @Nullable String host,
            @QueryParam("code") @Nullable String code,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize,
            @Context ContainerRequestContext request) {
        Query.Paging paging = Query.paging(page, pageSize);
        Page<LedgerReader.Refused> found = reader.quarantine(
                new LedgerReader.Filter(
                        own(Caller.of(request), Query.text(host)),
                        Query.text(code),
                        Query.time("from", from),
                        Query.time("to", to)),
                paging.page(),
                paging.size());
        return Listing.page("quarantine", found.items(), found.total(), paging);
    }

    /** A host that names nobody means itself. */
    private static Optional<String> own(Principal caller, Optional<String> host) {
        if (host.isPresent() && !caller.owns(host.get())) {
            throw new ProblemException(ErrorCode.HOST_MISMATCH, "this token is of another host");
        }
        return host.isEmpty() && caller.role() == Role.HOST ? Optional.of(caller.name()) : host;
    }
}
