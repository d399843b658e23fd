package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.ledger.HostDay;
import io.peerscope.query.ledger.Tally;
import io.peerscope.query.receipt.HostLedger;
import io.peerscope.query.store.LedgerReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Where the samples of a host went. Hosts may ask for what is their own, fleets for all. */
@Path("/api/v1/hosts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class HostLedgerResource {
    private static final int USUAL_DAYS = 14;
    private static final int MOST_DAYS = 400;

    private final HostLedger ledger;
    private final LedgerReader reader;
    private final QueryClock clock;

    public HostLedgerResource(HostLedger ledger, LedgerReader reader, QueryClock clock) {
        this.ledger = ledger;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * A host's day.
     *
     * @param inFlight null where there is too much to be counted now
     */
    public record DayLedger(
            String host,
            LocalDate day,
            long accepted,
            long stored,
            long duplicate,
            long late,
            long quarantined,
            @Nullable Long inFlight,
            long rejected,
            boolean balanced) {}

    @GET
    @Path("/{host}/ledger")
    @Needs(value = Role.VIEWER, orSender = true)
    @Shows(Source.LEDGER)
    @Operation(
            summary = "Where a host's samples of a UTC day went: accepted = stored + duplicate + late + quarantined"
                    + " + in_flight")
    public DayLedger day(
            @PathParam("host") String host,
            @QueryParam("day") @Nullable String day,
            @Context ContainerRequestContext request) {
        own(request, host);
        LocalDate date = Query.day(day, clock);
        HostLedger.Statement statement = ledger.of(new HostDay(host, date));
        Tally total = statement.total();
        return new DayLedger(
                host,
                date,
                total.accepted(),
                total.stored(),
                total.duplicate(),
                total.late(),
                total.quarantined(),
                statement.inFlight(),
                total.rejected(),
                statement.balanced());
    }

    @GET
    @Path("/{host}/ledger/days")
    @Needs(value = Role.VIEWER, orSender = true)
    @Shows(Source.LEDGER)
    @Operation(summary = "The same of the last days, newest first, with the reasons for what was refused")
    public Map<String, Object> days(
            @PathParam("host") String host,
            @QueryParam("days") @Nullable String days,
            @Context ContainerRequestContext request) {
        own(request, host);
        int many = Query.number("days", days, USUAL_DAYS, 1, MOST_DAYS);
        return Listing.all(
                "days",
                reader.days(host, Query.day(null, clock).minusDays(many - 1L)).stream()
                        .map(LedgersResource.Account::of)
                        .toList());
    }

    private static void own(ContainerRequestContext request, String host) {
        if (!Caller.of(request).owns(host)) {
            throw new ProblemException(ErrorCode.HOST_MISMATCH, "this token is of another host");
        }
    }
}
