package io.peerscope.query.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.session.DayReport;
import io.peerscope.query.session.SessionAnalytics;
import io.peerscope.query.session.SessionFilter;
import io.peerscope.query.session.SessionStats;
import io.peerscope.query.store.Page;
import io.peerscope.query.store.SessionReader;
import io.peerscope.query.store.SessionStatsReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Streaming peers: what their players told of sessions, connections and streams. */
@Path("/api/p2p/analytics")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class SessionAnalyticsResource {
    private final SessionReader sessions;
    private final SessionStatsReader stats;
    private final KeptSessions kept;
    private final InstantSource clock;

    public SessionAnalyticsResource(
            SessionReader sessions, SessionStatsReader stats, KeptSessions kept, QueryClock clock) {
        this.sessions = sessions;
        this.stats = stats;
        this.kept = kept;
        this.clock = clock.source();
    }

    /** Everybody over some hours. */
    public record Stats(
            int hours,
            Instant from,
            Instant to,
            @JsonUnwrapped SessionStats stats) {}

    /**
     * One user over some days.
     *
     * @param daily days on which connections were measured
     */
    public record PerformanceReport(
            String userId,
            int days,
            Instant from,
            Instant to,
            @JsonUnwrapped SessionStats stats,
            List<DayReport> daily) {}

    @GET
    @Path("/session/{session_id}")
    @Needs(Role.VIEWER)
    @Shows(Source.STORED)
    @Operation(summary = "A session with its newest measurements; 404 where none was heard of in the time that is kept")
    public SessionAnalytics session(@PathParam("session_id") String id) {
        return sessions.session(id).orElseThrow(() -> ProblemException.notFound("session", id));
    }

    @GET
    @Path("/user/{user_id}")
    @Needs(Role.VIEWER)
    @Shows(Source.STORED)
    @Operation(summary = "The sessions of a user, those heard of last first; 404 where none is kept")
    public Map<String, Object> user(
            @PathParam("user_id") String id,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        Page<SessionAnalytics> found = sessions.sessionsOf(id, paging.page(), paging.size());
        if (found.total() == 0) {
            throw ProblemException.notFound("user", id);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("user_id", id);
        answer.putAll(Listing.page("sessions", found.items(), found.total(), paging));
        return answer;
    }

    @GET
    @Path("/stats")
    @Needs(Role.VIEWER)
    @Shows(Source.STORED)
    @Operation(summary = "What all measurements of the last hours add up to; null where nothing was measured")
    public Stats stats(@QueryParam("hours") @Nullable String hours) {
        int asked = kept.hours(hours);
        Instant now = clock.instant();
        SessionFilter filter = SessionFilter.last(Optional.empty(), Duration.ofHours(asked), now);
        return new Stats(asked, filter.from(), now, stats.stats(filter, SessionFilter.activeSince(now)));
    }

    @GET
    @Path("/performance-report/{user_id}")
    @Needs(Role.VIEWER)
    @Shows(Source.STORED)
    @Operation(summary = "What a user's measurements of the last days add up to, and each day; 404 where none is kept")
    public PerformanceReport report(@PathParam("user_id") String id, @QueryParam("days") @Nullable String days) {
        int asked = kept.days(days);
        if (!sessions.knows(id)) {
            throw ProblemException.notFound("user", id);
        }
        Instant now = clock.instant();
        SessionFilter filter = SessionFilter.last(Optional.of(id), Duration.ofDays(asked), now);
        SessionStats all = stats.stats(filter, SessionFilter.activeSince(now));
        return new PerformanceReport(id, asked, filter.from(), now, all, stats.days(filter));
    }
}
