package io.peerscope.query.rest;

import com.fasterxml.jackson.annotation.JsonValue;
import io.peerscope.contracts.receipt.ReceiptId;
import io.peerscope.contracts.security.Role;
import io.peerscope.foundation.security.Principal;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.ledger.Tally;
import io.peerscope.query.receipt.Receipts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What became of a request. Hosts may ask for what is their own, fleets for all. */
@Path("/api/v1/ingest/receipts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class ReceiptsResource {
    private final Receipts receipts;

    public ReceiptsResource(Receipts receipts) {
        this.receipts = receipts;
    }

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
    @Path("/{id}")
    @Needs(value = Role.OPERATOR, orSender = true)
    @Shows(Source.LEDGER)
    @Operation(summary = "What became of a request, by the receipt in its answer; as long as the topic keeps it")
    public Receipt receipt(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Principal caller = Caller.of(request);
        List<Receipts.Found> found = ReceiptId.parse(id)
                .flatMap(receipts::find)
                .filter(all -> all.stream().allMatch(one -> caller.owns(one.host())))
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
                found.stream().map(ReceiptsResource::part).toList());
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
}
