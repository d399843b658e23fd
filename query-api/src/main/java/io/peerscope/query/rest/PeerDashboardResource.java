package io.peerscope.query.rest;

import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.history.Aggregate;
import io.peerscope.query.history.Grouping;
import io.peerscope.query.history.HistoryAnswer;
import io.peerscope.query.history.HistoryRequest;
import io.peerscope.query.history.Series;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.store.HistoryReader;
import io.peerscope.query.store.SessionReader;
import io.peerscope.query.store.SessionStatsReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What the dashboard of streaming peers shows: the network's figures now and over the last hours. */
@Path("/api/p2p/dashboard")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class PeerDashboardResource {
    private static final int POINTS = 300;
    private static final List<String> OF_CONNECTIONS =
            List.of("latency_ms", "bandwidth_mbps", "packet_loss", "jitter_ms");
    private static final List<String> OF_STREAMS = List.of("bitrate_kbps", "frame_rate", "buffer_level_seconds");

    private final LiveTables live;
    private final HistoryReader history;
    private final PeerFigures figures;
    private final SessionStatsReader stats;
    private final KeptSessions kept;
    private final InstantSource clock;

    public PeerDashboardResource(
            LiveTables live,
            HistoryReader history,
            SessionReader sessions,
            SessionStatsReader stats,
            KeptSessions kept,
            QueryClock clock) {
        this.live = live;
        this.history = history;
        this.figures = new PeerFigures(live, history, sessions, stats);
        this.stats = stats;
        this.kept = kept;
        this.clock = clock.source();
    }

    /** @param points start of the step in epoch milliseconds, and its value */
    public record Trend(String name, long stepSeconds, List<? extends List<? extends @Nullable Number>> points) {}

    /** Over some hours. */
    public record Trends(int hours, Instant from, Instant to, List<Trend> trends) {}

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Needs(Role.VIEWER)
    @Operation(summary = "The dashboard as a page of its own; it asks the addresses beside it every 30 s")
    public Response page() {
        return DashboardPage.of("page.html", "text/html");
    }

    @GET
    @Path("/page.css")
    @Produces("text/css")
    @Needs(Role.VIEWER)
    @Operation(summary = "How the page looks")
    public Response style() {
        return DashboardPage.of("page.css", "text/css");
    }

    @GET
    @Path("/page.js")
    @Produces("text/javascript")
    @Needs(Role.VIEWER)
    @Operation(summary = "What the page does")
    public Response script() {
        return DashboardPage.of("page.js", "text/javascript");
    }

    @GET
    @Path("/realtime-metrics")
    @Needs(Role.VIEWER)
    @Shows({Source.LIVE, Source.STORED})
    @Operation(
            summary = "Users, connections, latency, bandwidth, success rate and streams as of now; null where unknown")
    public PeerFigures.RealtimeMetrics realtime() {
        return figures.at(clock.instant());
    }

    @GET
    @Path("/alerts")
    @Needs(Role.VIEWER)
    @Shows(Source.ALERTS)
    @Operation(summary = "Alerts that fire or miss data, worst first")
    public Map<String, Object> alerts() {
        return Listing.all(
                "alerts",
                live.openAlerts().stream()
                        .filter(alert -> AlertsResource.SHOWN.contains(alert.status()))
                        .sorted(AlertsResource.WORST_FIRST)
                        .toList());
    }

    @GET
    @Path("/trends")
    @Needs(Role.VIEWER)
    @Shows(Source.STORED)
    @Operation(
            summary = "What the figures were over the last hours, one line each; steps without a number are left out")
    public Trends trends(@QueryParam("hours") @Nullable String hours) {
        int asked = kept.hours(hours);
        Instant now = clock.instant();
        Instant from = now.minus(Duration.ofHours(asked));
        HistoryAnswer connections = means(from, now, Subject.CONNECTION, OF_CONNECTIONS);
        HistoryAnswer streams = means(from, now, Subject.STREAM, OF_STREAMS);
        List<Trend> trends = new ArrayList<>();
        lines(connections, OF_CONNECTIONS, trends);
        lines(streams, OF_STREAMS, trends);
        long step = connections.stepSeconds();
        List<SessionStatsReader.Counts> counts = stats.counts(from, now, step);
        trends.add(line("active_users", step, counts, SessionStatsReader.Counts::users));
        trends.add(line("session_connections", step, counts, SessionStatsReader.Counts::connections));
        trends.add(line("session_streams", step, counts, SessionStatsReader.Counts::streams));
        return new Trends(asked, from, now, trends);
    }

    private HistoryAnswer means(Instant from, Instant now, String kind, List<String> metrics) {
        return history.answer(
                new HistoryRequest(
                        from, now, metrics, List.of(), kind, Map.of(), Aggregate.AVG, new Grouping.All(), POINTS),
                now);
    }

    private static void lines(HistoryAnswer answer, List<String> metrics, List<Trend> into) {
        for (String metric : metrics) {
            into.add(new Trend(
                    metric,
                    answer.stepSeconds(),
                    answer.series().stream()
                            .filter(series -> series.metric().equals(metric))
                            .findFirst()
                            .map(Series::points)
                            .orElse(List.of())));
        }
    }

    private static Trend line(
            String name,
            long step,
            List<SessionStatsReader.Counts> counts,
            ToLongFunction<SessionStatsReader.Counts> value) {
        return new Trend(
                name,
                step,
                counts.stream()
                        .map(each -> List.of(each.time(), value.applyAsLong(each)))
                        .toList());
    }
}
