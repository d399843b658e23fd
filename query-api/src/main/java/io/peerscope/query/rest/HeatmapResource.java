package io.peerscope.query.rest;

import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.history.Aggregate;
import io.peerscope.query.history.Grouping;
import io.peerscope.query.history.HistoryAnswer;
import io.peerscope.query.history.HistoryRequest;
import io.peerscope.query.network.Heatmap;
import io.peerscope.query.network.LinkMatrix.Metric;
import io.peerscope.query.store.HistoryReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** When was which link bad. */
@Path("/api/v1/network/heatmap")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class HeatmapResource {
    private static final Duration USUAL = Duration.ofHours(1);
    private static final int USUAL_BUCKETS = 90;
    private static final int MOST_BUCKETS = 500;

    private final HistoryReader history;
    private final KnownSeries existing;
    private final QueryClock clock;

    public HeatmapResource(HistoryReader history, KnownSeries existing, QueryClock clock) {
        this.history = history;
        this.existing = existing;
        this.clock = clock;
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows(Source.STORED)
    @Operation(summary = "What hosts measured of their links over time: steps by links, the worst link first")
    public Map<String, Object> heatmap(
            @QueryParam("metric") @Nullable String metric,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("hosts") @Nullable List<String> hosts,
            @QueryParam("buckets") @Nullable String buckets,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        Metric asked = Query.word("metric", metric, Metric::of, Metric.words()).orElse(Metric.LATENCY_MS);
        Instant now = clock.source().instant();
        Instant until = Query.time("to", to).filter(now::isAfter).orElse(now);
        Instant since = Query.time("from", from).orElse(until.minus(USUAL));
        if (!since.isBefore(until)) {
            throw ProblemException.field("from", ErrorCode.BAD_PARAMETER, "must be before to, and in the past");
        }
        HistoryRequest question = new HistoryRequest(
                since,
                until,
                List.of(asked.word()),
                Query.list("hosts", hosts),
                Subject.CONNECTION,
                Map.of(),
                Aggregate.AVG,
                new Grouping.By(List.of("host", "peer")),
                Query.number("buckets", buckets, USUAL_BUCKETS, 2, MOST_BUCKETS));
        existing.check("metric", question);
        HistoryAnswer answer = history.answer(question, now);
        Heatmap map = Heatmap.of(answer, asked);
        Map<String, Object> shown =
                Listing.page("links", paging.of(map.links()), map.links().size(), paging);
        shown.put("metric", asked.word());
        shown.put("tier", answer.tier());
        shown.put("step_seconds", answer.stepSeconds());
        shown.put("from", answer.from());
        shown.put("to", answer.to());
        shown.put("times", map.times());
        return shown;
    }
}
