package io.peerscope.query.rest;

import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.store.LedgerReader;
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

/** What was refused, and why. */
@Path("/api/v1/quarantine")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class QuarantineResource {
    private final LedgerReader reader;

    public QuarantineResource(LedgerReader reader) {
        this.reader = reader;
    }

    @GET
    @Needs(Role.OPERATOR)
    @Shows(Source.LEDGER)
    @Operation(summary = "Samples that were refused, newest first; without a name, how many more of a reason")
    public Map<String, Object> quarantine(
            @QueryParam("host") @Nullable String host,
            @QueryParam("code") @Nullable String code,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        Page<LedgerReader.Refused> found = reader.quarantine(
                new LedgerReader.Filter(
                        Query.text(host), Query.text(code), Query.time("from", from), Query.time("to", to)),
                paging.page(),
                paging.size());
        return Listing.page("quarantine", found.items(), found.total(), paging);
    }
}
