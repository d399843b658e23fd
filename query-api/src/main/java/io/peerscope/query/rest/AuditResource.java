package io.peerscope.query.rest;

import io.peerscope.contracts.security.Role;
import io.peerscope.query.store.AuditChain;
import io.peerscope.query.store.AuditReader;
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

/** Who changed what. */
@Path("/api/v1/audit")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {
    private final AuditReader audit;
    private final AuditChain chain;

    public AuditResource(AuditReader audit, AuditChain chain) {
        this.audit = audit;
        this.chain = chain;
    }

    @GET
    @Path("/chain")
    @Needs(Role.ADMIN)
    @Operation(summary = "Whether the audit log is as it was written: its chain of hashes is followed")
    public AuditChain.Found chain() {
        return chain.follow();
    }

    @GET
    @Needs(Role.ADMIN)
    @Operation(summary = "The audit log, newest first")
    public Map<String, Object> list(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("who") @Nullable String who,
            @QueryParam("action") @Nullable String action,
            @QueryParam("object") @Nullable String object,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        Page<AuditReader.Shown> found = audit.list(
                new AuditReader.Filter(
                        Query.time("from", from),
                        Query.time("to", to),
                        Query.text(who),
                        Query.text(action),
                        Query.text(object)),
                paging.page(),
                paging.size());
        return Listing.page("audit", found.items(), found.total(), paging);
    }
}
