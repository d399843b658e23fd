package io.peerscope.query.rest;

import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.MapLive;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.game.Drift;
import io.peerscope.query.game.GameView;
import io.peerscope.query.history.Grouping;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.store.HistoryReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The game as a whole. */
@Path("/api/v1/game")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class GameResource {
    private static final List<String> WATCHED = List.of("player_count", "mob_count", "item_count", "currency_supply");
    private static final int MOST_DRIFTS = 10;

    /** A name of a series of which nothing else is wanted; no host and no map has a line feed in its name. */
    private static final String AND = "\n";

    private final LiveTables live;
    private final HistoryReader history;
    private final QueryClock clock;

    public GameResource(LiveTables live, HistoryReader history, QueryClock clock) {
        this.live = live;
        this.history = history;
        this.clock = clock;
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows({Source.LIVE, Source.STORED})
    @Operation(summary = "Players, monsters, items and money now, where they are, and how far from what they were")
    public Map<String, Object> game(
            @QueryParam("hours") @Nullable String hours,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        int asked = Query.hours(hours);
        Query.Paging paging = Query.paging(page, pageSize);
        Instant now = clock.source().instant();
        Map<String, HostLive> hosts = live.hosts();
        GameView view = GameView.of(hosts.values());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("hours", asked);
        answer.put("as_of", now);
        answer.put("totals", view.totals());
        answer.put("hosting", view.hosting());
        answer.put("regions", view.regions());
        answer.put("drift", drifts(hosts, new PastSums(history, now.minus(Duration.ofHours(asked)), now)));
        answer.putAll(
                Listing.page("hosts", paging.of(view.hosts()), view.hosts().size(), paging));
        return answer;
    }

    private static List<Drift> drifts(Map<String, HostLive> hosts, PastSums past) {
        List<Drift> drifts = new ArrayList<>();
        for (String metric : WATCHED) {
            Map<Drift.Place, Double> current = new HashMap<>();
            for (HostLive host : hosts.values()) {
                put(current, host.host(), "", host.fields().get(metric));
                for (MapLive map : host.maps()) {
                    put(current, host.host(), map.map(), map.fields().get(metric));
                }
            }
            Map<Drift.Place, Double> usual = new HashMap<>();
            if (!current.isEmpty()) {
                usual(past, Subject.HOST, metric, usual);
                usual(past, Subject.MAP, metric, usual);
            }
            drifts.addAll(Drift.of(metric, current, usual, MOST_DRIFTS));
        }
        return drifts;
    }

    private static void put(Map<Drift.Place, Double> into, String host, String map, @Nullable Double value) {
        if (value != null) {
            into.put(new Drift.Place(host, map), value);
        }
    }

    private static void usual(PastSums past, String kind, String metric, Map<Drift.Place, Double> into) {
        past.mean(
                        kind,
                        metric,
                        new Grouping.Each(),
                        series -> Objects.requireNonNullElse(series.host(), "")
                                + AND
                                + series.labels().getOrDefault("map", ""))
                .forEach((name, value) -> {
                    String[] parts = name.split(AND, 2);
                    into.put(new Drift.Place(parts[0], parts[1]), value);
                });
    }
}
