package io.peerscope.query.rest;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.live.NetworkLive;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.history.Aggregate;
import io.peerscope.query.history.HistoryAnswer;
import io.peerscope.query.history.HistoryRequest;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.store.HistoryReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.Variant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What the network is like, now and in the past. */
@Path("/api/v1/metrics")
@RunOnVirtualThread
public final class MetricsResource {
    private static final Duration FRESH = Duration.ofSeconds(15);
    private static final Map<String, Duration> TIMEFRAMES = Map.of(
            "1h", Duration.ofHours(1),
            "24h", Duration.ofHours(24),
            "7d", Duration.ofDays(7),
            "30d", Duration.ofDays(30));
    private static final List<Variant> FORMS = Variant.mediaTypes(
                    MediaType.APPLICATION_JSON_TYPE, new MediaType("text", "csv"))
            .build();
    private static final int DEFAULT_POINTS = 500;
    private static final int MAX_POINTS = 10_000;
    private static final int MAX_METRICS = 50;

    private final LiveTables live;
    private final HistoryReader history;
    private final MetricCatalogue catalogue;
    private final InstantSource clock;
    private final KnownSeries existing;

    public MetricsResource(
            LiveTables live, HistoryReader history, KnownSeries existing, KnownMetrics known, QueryClock clock) {
        this.live = live;
        this.history = history;
        this.catalogue = known.catalogue();
        this.clock = clock.source();
        this.existing = existing;
    }

    /** Totals of the network; null where nothing is known. */
    public record Realtime(
            @Nullable Integer activeHosts,
            @Nullable Long totalPlayers,
            @Nullable Double networkHealth,
            @Nullable Double averageLatency,
            NetworkLive.ActiveMaps activeMaps,
            @Nullable Instant asOf) {}

    @GET
    @Path("/realtime")
    @Produces(MediaType.APPLICATION_JSON)
    @Needs(Role.VIEWER)
    @Shows(Source.LIVE)
    @Operation(summary = "Totals of the network as of now; null where nothing is known, or nothing was heard for 15 s")
    public Realtime realtime() {
        Optional<NetworkLive> heard = live.network();
        Optional<NetworkLive> fresh =
                heard.filter(now -> now.asOf().isAfter(clock.instant().minus(FRESH)));
        if (fresh.isEmpty()) {
            return new Realtime(
                    null,
                    null,
                    null,
                    null,
                    new NetworkLive.ActiveMaps(null, null),
                    heard.map(NetworkLive::asOf).orElse(null));
        }
        NetworkLive now = fresh.get();
        return new Realtime(
                now.activeHosts(),
                now.totalPlayers(),
                now.networkHealth(),
                now.averageLatency(),
                now.activeMaps(),
                now.asOf());
    }

    @GET
    @Path("/historical")
    @Produces({MediaType.APPLICATION_JSON, "text/csv"})
    @Needs(Role.VIEWER)
    @Shows(Source.STORED)
    @Operation(summary = "Series of one or more metrics over time, from the tier that answers quickly")
    public Response historical(
            @QueryParam("timeframe") @Nullable String timeframe,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("metrics") @Nullable List<String> metrics,
            @QueryParam("hosts") @Nullable List<String> hosts,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("labels") @Nullable List<String> labels,
            @QueryParam("aggregate") @Nullable String aggregate,
            @QueryParam("group_by") @Nullable List<String> groupBy,
            @QueryParam("max_points") @Nullable String maxPoints,
            @QueryParam("format") @Nullable String format,
            @Context Request request) {
        boolean csv = csv(format, request);
        Instant now = clock.instant();
        // Nothing is known of the future, and the step is chosen for what there is.
        Instant until = Query.time("to", to).filter(now::isAfter).orElse(now);
        Instant since = since(timeframe, from, until);
        if (!since.isBefore(until)) {
            throw Query.wrong("from", "before to, and in the past");
        }
        List<String> names = Query.list("metrics", metrics).stream()
                .map(catalogue::canonicalName)
                .distinct()
                .toList();
        if (names.isEmpty()) {
            throw ProblemException.field("metrics", ErrorCode.MISSING_FIELD, "name at least one metric");
        }
        if (names.size() > MAX_METRICS) {
            throw ProblemException.field("metrics", ErrorCode.RANGE_TOO_WIDE, "at most " + MAX_METRICS);
        }
        HistoryRequest question = new HistoryRequest(
                since,
                until,
                names,
                Query.list("hosts", hosts),
                Query.text(kind).orElse(null),
                Query.labels(labels),
                SeriesParameters.aggregate(aggregate).orElse(Aggregate.AVG),
                SeriesParameters.grouping(groupBy),
                Query.number("max_points", maxPoints, DEFAULT_POINTS, 1, MAX_POINTS));
        existing.check("metrics", question);
        HistoryAnswer answer = history.answer(question, now);
        Response.ResponseBuilder found = csv
                ? Response.ok((StreamingOutput) out -> SeriesTable.write(answer, out))
                        .type("text/csv; charset=utf-8")
                : Response.ok(answer).type(MediaType.APPLICATION_JSON);
        return found.header(HttpHeaders.VARY, HttpHeaders.ACCEPT).build();
    }

    private static Instant since(@Nullable String timeframe, @Nullable String from, Instant until) {
        Optional<Instant> given = Query.time("from", from);
        if (given.isPresent()) {
            if (timeframe != null) {
                throw Query.wrong("timeframe", "left out where from is given");
            }
            return given.get();
        }
        Duration range = TIMEFRAMES.get(Query.text(timeframe).orElse("1h"));
        if (range == null) {
            throw Query.wrong("timeframe", "1h, 24h, 7d or 30d");
        }
        return until.minus(range);
    }

    private static boolean csv(@Nullable String format, Request request) {
        return switch (Query.text(format).orElse("")) {
            case "csv" -> true;
            case "json" -> false;
            case "" -> {
                Variant best = request.selectVariant(FORMS);
                if (best == null) {
                    throw new ProblemException(ErrorCode.NOT_ACCEPTABLE, "there are application/json and text/csv");
                }
                yield best.getMediaType().getSubtype().equals("csv");
            }
            default -> throw Query.wrong("format", "json or csv");
        };
    }
}
