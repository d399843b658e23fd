package io.peerscope.query.rest;

import com.fasterxml.jackson.annotation.JsonValue;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.receipt.ReceiptId;
import io.peerscope.contracts.security.Role;
import io.peerscope.foundation.security.Principal;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.ledger.HostDay;
import io.peerscope.query.ledger.Tally;
import io.peerscope.query.receipt.HostLedger;
import io.peerscope.query.receipt.Receipts;
import io.peerscope.query.store.LedgerReader;
import io.peerscope.query.store.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Where samples went. Hosts may ask for what is their own, fleets for all. */
@Path("/api/v1")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class LedgerResource {
    private final HostLedger ledger;
    private final Receipts receipts;
    private final LedgerReader reader;
    private final QueryClock clock;

    public LedgerResource(HostLedger ledger, Receipts receipts, LedgerReader reader, QueryClock clock) {
        this.ledger = ledger;
        this.receipts = receipts;
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

    /** What became of what a receipt was given for. */
    public record Receipt(
            String receipt,
            State state,
            long accepted,
            long stored,
            long duplicate,
            long late,
            long quarantined,
            long inFlight,
            long rejected,
            List<ReceiptPart> records) {}

    /** One host's part of it. */
    public record ReceiptPart(
            String host,
            Instant receivedAt,
            State state,
            long accepted,
            long stored,
            long duplicate,
            long late,
            long quarantined,
            long rejected) {}

    /** How far a record is. */
    public enum State {
        IN_FLIGHT,
        STORED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(boolean stored) {
            return stored ? STORED : IN_FLIGHT;
        }
    }

    @GET
    @Path("/hosts/{host}/ledger")
    @Needs(value = Role.VIEWER, orSender = true)
    @Shows(Source.LEDGER)
    @Operation(
            summary = "Where a host's samples of a UTC day went: accepted = stored + duplicate + late + quarantined"
                    + " + in_flight")
    public DayLedger day(
            @PathParam("host") String host,
            @QueryParam("day") @Nullable String day,
            @Context ContainerRequestContext request) {
        if (!owns(Caller.of(request), host)) {
            throw new ProblemException(ErrorCode.HOST_MISMATCH, "this token is of another host");
        }
        LocalDate date =
                date(day).orElseGet(() -> LocalDate.ofInstant(clock.source().instant(), ZoneOffset.UTC));
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
    @Path("/ingest/receipts/{id}")
    @Needs(value = Role.OPERATOR, orSender = true)
    @Shows(Source.LEDGER)
    @Operation(summary = "What became of a request, by the receipt in its answer; as long as the topic keeps it")
    public Receipt receipt(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Principal caller = Caller.of(request);
        List<Receipts.Found> found = ReceiptId.parse(id)
                .flatMap(receipts::find)
                .filter(all -> all.stream().allMatch(one -> owns(caller, one.host())))
                .orElseThrow(() -> ProblemException.notFound("receipt", id));
        Tally sum = found.stream().map(Receipts.Found::tally).reduce(Tally.NONE, Tally::plus);
        long inFlight = found.stream()
                .filter(one -> !one.stored())
                .mapToLong(one -> one.tally().accepted())
                .sum();
        return new Receipt(
                id,
                State.of(found.stream().allMatch(Receipts.Found::stored)),
                sum.accepted(),
                sum.stored(),
                sum.duplicate(),
                sum.late(),
                sum.quarantined(),
                inFlight,
                sum.rejected(),
                found.stream().map(LedgerResource::part).toList());
    }

    @GET
    @Path("/quarantine")
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

    private static ReceiptPart part(Receipts.Found found) {
        Tally tally = found.tally();
        return new ReceiptPart(
                found.host(),
                found.receivedAt(),
                State.of(found.stored()),
                tally.accepted(),
                tally.stored(),
                tally.duplicate(),
                tally.late(),
                tally.quarantined(),
                tally.rejected());
    }

    private static boolean owns(Principal caller, String host) {
        return caller.role() != Role.HOST || caller.name().equals(host);
    }

    private static Optional<LocalDate> date(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            throw ProblemException.field("day", ErrorCode.BAD_TIMESTAMP, "a UTC day such as 2026-11-21");
        }
    }
}
