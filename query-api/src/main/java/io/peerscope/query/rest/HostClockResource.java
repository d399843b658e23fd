package io.peerscope.query.rest;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.clock.ClockState;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.store.ClockReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** How wrong a host's clock is, and that it does no harm. */
@Path("/api/v1/hosts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class HostClockResource {
    private final ClockReader clocks;
    private final LiveTables live;

    public HostClockResource(ClockReader clocks, LiveTables live) {
        this.clocks = clocks;
        this.live = live;
    }

    /**
     * @param correctionMs what is added to the host's times
     * @param verdict of its clock: ahead, behind or right
     * @param since when the correction became what it is; null where it was never another
     * @param jumps how often it has changed
     * @param changes the newest of these
     * @param mostAheadMs no sample is ever further ahead of its receipt, so no host moves the time of another
     */
    public record HostClock(
            String host,
            long correctionMs,
            String verdict,
            @Nullable Instant since,
            long jumps,
            List<ClockReader.Jump> changes,
            List<Day> days,
            long mostAheadMs) {}

    /**
     * A day on which something was corrected.
     *
     * @param correctedSamples whose time is not the one that the host gave them
     * @param leastMs smallest correction
     * @param mostMs largest
     * @param aheadMs how far the furthest of them was ahead of its receipt once it was corrected
     */
    public record Day(
            LocalDate day,
            long correctedSamples,
            long leastMs,
            long mostMs,
            long aheadMs,
            long jumps,
            long late,
            long duplicate,
            long tooNew,
            long tooOld) {}

    @GET
    @Path("/{host}/clock")
    @Needs(Role.VIEWER)
    @Shows(Source.LEDGER)
    @Operation(summary = "How wrong a host's clock is, what was corrected, and what became of its samples")
    public HostClock clock(@PathParam("host") String host) {
        Optional<ClockState> clock = clocks.clock(host);
        if (clock.isEmpty() && !live.hosts().containsKey(host)) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "there is no host " + host);
        }
        long correction = clock.map(ClockState::correction).orElse(0L);
        return new HostClock(
                host,
                correction,
                verdict(correction),
                clock.map(known -> Instant.ofEpochMilli(known.since())).orElse(null),
                clock.map(ClockState::jumps).orElse(0L),
                clock.isEmpty() ? List.of() : clocks.jumps(host),
                clock.isEmpty()
                        ? List.of()
                        : clocks.days(host).stream().map(HostClockResource::day).toList(),
                PointBatch.MOST_AHEAD);
    }

    static String verdict(long correction) {
        return correction == 0 ? "right" : correction < 0 ? "ahead" : "behind";
    }

    private static Day day(ClockReader.Day day) {
        return new Day(
                day.day(),
                day.corrected().samples(),
                day.corrected().least(),
                day.corrected().most(),
                day.corrected().ahead(),
                day.corrected().jumps(),
                day.late(),
                day.duplicate(),
                day.tooNew(),
                day.tooOld());
    }
}
