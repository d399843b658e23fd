package io.peerscope.query.rest;

import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.store.ClockReader;
import io.peerscope.query.store.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Whose clocks are wrong. */
@Path("/api/v1/clocks")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class ClocksResource {
    private final ClockReader clocks;
    private final QueryClock clock;

    public ClocksResource(ClockReader clocks, QueryClock clock) {
        this.clocks = clocks;
        this.clock = clock;
    }

    /** As {@link HostClockResource.HostClock}, with how many samples of today were corrected. */
    public record WrongClock(
            String host, long correctionMs, String verdict, Instant since, long jumps, long correctedToday) {}

    @GET
    @Needs(Role.VIEWER)
    @Shows(Source.LEDGER)
    @Operation(summary = "Hosts whose clock is or was wrong, the furthest first")
    public Map<String, Object> clocks(
            @QueryParam("page") @Nullable String page, @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        LocalDate today = LocalDate.ofInstant(clock.source().instant(), ZoneOffset.UTC);
        Page<ClockReader.Wrong> found = clocks.wrong(today, paging.page(), paging.size());
        return Listing.page(
                "clocks", found.items().stream().map(ClocksResource::shown).toList(), found.total(), paging);
    }

    private static WrongClock shown(ClockReader.Wrong wrong) {
        long correction = wrong.clock().correction();
        return new WrongClock(
                wrong.host(),
                correction,
                HostClockResource.verdict(correction),
                Instant.ofEpochMilli(wrong.clock().since()),
                wrong.clock().jumps(),
                wrong.correctedToday());
    }
}
