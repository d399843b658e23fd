package io.peerscope.query.rest;

import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.ledger.Tally;
import io.peerscope.query.store.LedgerReader;
import io.peerscope.query.store.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Where the samples of all hosts went. */
@Path("/api/v1/ledger")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class LedgersResource {
    private final LedgerReader reader;
    private final QueryClock clock;

    public LedgersResource(LedgerReader reader, QueryClock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /** What is booked of a host on a day; what is on its way is not in it. */
    public record Account(
            String host,
            LocalDate day,
            long sent,
            long accepted,
            long stored,
            long duplicate,
            long late,
            long quarantined,
            long rejected,
            Map<String, Long> reasons) {

        static Account of(LedgerReader.Account account) {
            Tally tally = account.tally();
            return new Account(
                    account.host(),
                    account.day(),
                    tally.accepted() + tally.rejected(),
                    tally.accepted(),
                    tally.stored(),
                    tally.duplicate(),
                    tally.late(),
                    tally.quarantined(),
                    tally.rejected(),
                    account.reasons());
        }
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows(Source.LEDGER)
    @Operation(
            summary = "Where the samples of a UTC day went; hosts of which most was refused, late or sent twice first")
    public Map<String, Object> day(
            @QueryParam("day") @Nullable String day,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        Page<LedgerReader.Account> found = reader.hosts(Query.day(day, clock), paging.page(), paging.size());
        return Listing.page("hosts", found.items().stream().map(Account::of).toList(), found.total(), paging);
    }
}
