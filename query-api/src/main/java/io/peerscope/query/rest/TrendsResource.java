package io.peerscope.query.rest;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.catalogue.MetricDefinition;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.history.Aggregate;
import io.peerscope.query.history.HistoryAnswer;
import io.peerscope.query.history.HistoryRequest;
import io.peerscope.query.history.RangeTooWideException;
import io.peerscope.query.store.HistoryReader;
import io.peerscope.query.trend.Direction;
import io.peerscope.query.trend.SeriesTrend;
import io.peerscope.query.trend.Trends;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Where series are heading: beside former weeks, in the long run, and when they reach a limit. */
@Path("/api/v1/metrics/trends")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class TrendsResource {
    private static final int DEFAULT_WEEKS = 4;
    private static final int MAX_WEEKS = 52;
    private static final int DEFAULT_HORIZON_DAYS = 90;
    private static final int MAX_HORIZON_DAYS = 365;
    private static final int MOST_SERIES = 100;
    private static final Duration WEEK = Duration.ofDays(7);

    private final HistoryReader history;
    private final MetricCatalogue catalogue;
    private final InstantSource clock;
    private final KnownSeries existing;

    public TrendsResource(HistoryReader history, KnownSeries existing, KnownMetrics known, QueryClock clock) {
        this.history = history;
        this.catalogue = known.catalogue();
        this.clock = clock.source();
        this.existing = existing;
    }

    /**
     * What was found.
     *
     * @param unit of values; slopes are in this unit a day
     * @param stepSeconds an hour, or a day where hours are not kept that far back
     * @param to end of the newest step that is over
     * @param series what reaches its limit first stands first
     */
    public record Answer(
            String metric,
            String unit,
            String aggregate,
            String tier,
            long stepSeconds,
            Instant from,
            Instant to,
            List<SeriesTrend> series,
            int total) {}

    @GET
    @Needs(Role.VIEWER)
    @Shows(Source.STORED)
    @Operation(
            summary = "Series beside the same hour of former weeks, their slope, and when they reach a limit",
            description = "Robust statistics with their uncertainty; see docs/trends.md for method and limits")
    public Answer trends(
            @QueryParam("metric") @Nullable String metric,
            @QueryParam("hosts") @Nullable List<String> hosts,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("labels") @Nullable List<String> labels,
            @QueryParam("aggregate") @Nullable String aggregate,
            @QueryParam("group_by") @Nullable List<String> groupBy,
            @QueryParam("weeks") @Nullable String weeks,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("direction") @Nullable String direction,
            @QueryParam("horizon_days") @Nullable String horizonDays) {
        String name = catalogue.canonicalName(Query.text(metric)
                .orElseThrow(() -> ProblemException.field("metric", ErrorCode.MISSING_FIELD, "name a metric")));
        Optional<MetricDefinition> known = catalogue.find(name);
        boolean counter =
                known.filter(m -> m.type() == MetricDefinition.Type.COUNTER).isPresent();
        Aggregate how = SeriesParameters.aggregate(aggregate).orElse(counter ? Aggregate.RATE : Aggregate.AVG);
        Direction side = Query.word("direction", direction, TrendsResource::direction, "up, down")
                .orElse(Direction.UP);
        Duration back = WEEK.multipliedBy(Query.number("weeks", weeks, DEFAULT_WEEKS, 1, MAX_WEEKS));
        Instant now = clock.instant();
        Instant to = now.truncatedTo(ChronoUnit.HOURS);
        HistoryRequest request = new HistoryRequest(
                to.minus(back).minus(Duration.ofHours(1)), // so that the newest hour has all its former ones
                to,
                List.of(name),
                Query.list("hosts", hosts),
                Query.text(kind).orElse(null),
                Query.labels(labels),
                how,
                SeriesParameters.grouping(groupBy),
                Math.toIntExact(back.toHours() + 1));
        String unit = unit(known, how);
        Trends.Question question = new Trends.Question(
                Query.decimal("limit", limit).orElse(usualLimit(unit, how, side)),
                side,
                Query.number("horizon_days", horizonDays, DEFAULT_HORIZON_DAYS, 1, MAX_HORIZON_DAYS),
                unit);
        existing.check("metric", request);
        HistoryAnswer past = history.answer(request, now);
        if (past.series().size() > MOST_SERIES) {
            throw new RangeTooWideException("this makes " + past.series().size() + " series; the limit is "
                    + MOST_SERIES + ". Name hosts or labels, or put them together with group_by");
        }
        List<SeriesTrend> found = Trends.of(past, question);
        return new Answer(
                name, unit, how.word(), past.tier(), past.stepSeconds(), past.from(), past.to(), found, found.size());
    }

    private static Direction direction(String word) {
        return Direction.of(word).orElseThrow(() -> new IllegalArgumentException(word));
    }

    private static String unit(Optional<MetricDefinition> known, Aggregate aggregate) {
        String unit = known.map(MetricDefinition::unit).orElse("");
        return switch (aggregate) {
            case COUNT -> "samples";
            case RATE -> (unit.isEmpty() ? "1" : unit) + "/s";
            case AVG, MIN, MAX, SUM, LAST, P50, P95, P99, INCREASE -> unit;
        };
    }

    /** What is measured in percent is full at a hundred; the bounds of other fields are no capacities. */
    private static @Nullable Double usualLimit(String unit, Aggregate aggregate, Direction direction) {
        return unit.equals("percent") && aggregate != Aggregate.SUM && direction == Direction.UP ? 100.0 : null;
    }
}
