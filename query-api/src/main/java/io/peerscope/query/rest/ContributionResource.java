package io.peerscope.query.rest;

import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.history.Grouping;
import io.peerscope.query.history.Series;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.network.Contribution;
import io.peerscope.query.store.HistoryReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Who carries the network, and how much of its content comes from peers. */
@Path("/api/v1/network/contribution")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class ContributionResource {
    private static final Grouping BY_HOST = new Grouping.By(List.of("host"));

    private final LiveTables live;
    private final HistoryReader history;
    private final QueryClock clock;

    public ContributionResource(LiveTables live, HistoryReader history, QueryClock clock) {
        this.live = live;
        this.history = history;
        this.clock = clock;
    }

    /** A host of the list, with what it carries now. */
    public record Row(
            String host,
            @Nullable Double upBytes,
            @Nullable Double downBytes,
            @Nullable Double share,
            @Nullable Double ratio,
            boolean freeRider,
            @Nullable Double upBytesPerSecond,
            @Nullable Double downBytesPerSecond,
            boolean simulated) {}

    @GET
    @Needs(Role.VIEWER)
    @Shows({Source.LIVE, Source.STORED})
    @Operation(summary = "What hosts gave their peers and took from them over the last hours, and what peers offload")
    public Map<String, Object> contribution(
            @QueryParam("hours") @Nullable String hours,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        int asked = Query.hours(hours);
        Query.Paging paging = Query.paging(page, pageSize);
        Instant now = clock.source().instant();
        PastSums past = new PastSums(history, now.minus(Duration.ofHours(asked)), now);
        Contribution all = Contribution.of(exchanged(past, "bytes_sent"), exchanged(past, "bytes_received"));
        Map<String, HostLive> hosts = live.hosts();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("hours", asked);
        answer.put("from", now.minus(Duration.ofHours(asked)));
        answer.put("to", now);
        answer.put("up_bytes", all.upBytes());
        answer.put("down_bytes", all.downBytes());
        answer.put("takers", all.takers());
        answer.put("free_riders", all.freeRiders());
        answer.put("free_rider_share", all.freeRiderShare());
        answer.put("top_tenth_share", all.topTenthShare());
        offload(past, answer);
        answer.putAll(Listing.page(
                "hosts",
                paging.of(all.hosts()).stream()
                        .map(share -> row(share, hosts.get(share.host())))
                        .toList(),
                all.hosts().size(),
                paging));
        return answer;
    }

    /** By the links of a host; of hosts that tell nothing of links, by what they say of themselves. */
    private static Map<String, Double> exchanged(PastSums past, String metric) {
        Map<String, Double> bytes =
                new TreeMap<>(past.growth(Subject.HOST, metric, BY_HOST, ContributionResource::host));
        bytes.putAll(past.growth(Subject.CONNECTION, metric, BY_HOST, ContributionResource::host));
        return bytes;
    }

    private static String host(Series series) {
        return Objects.requireNonNullElse(series.host(), "");
    }

    /** Of streams by content, of maps; the whole is that of streams, else of what hosts say of themselves. */
    private static void offload(PastSums past, Map<String, Object> answer) {
        List<Contribution.Offload> contents = offload(past, Subject.STREAM, "content");
        List<Contribution.Offload> maps = offload(past, Subject.MAP, "map");
        List<Contribution.Offload> whole = contents.isEmpty() ? offload(past, Subject.HOST, "host") : contents;
        Map<String, Object> offload = new HashMap<>();
        offload.put(
                "total",
                Contribution.Offload.of(
                        "",
                        whole.stream()
                                .mapToDouble(Contribution.Offload::peerBytes)
                                .sum(),
                        whole.stream()
                                .mapToDouble(Contribution.Offload::serverBytes)
                                .sum()));
        offload.put("contents", contents);
        offload.put("maps", maps);
        answer.put("offload", offload);
    }

    private static List<Contribution.Offload> offload(PastSums past, String kind, String by) {
        // Each subject by itself: a label that none of them has cannot be grouped by.
        Grouping each = by.equals("host") ? BY_HOST : new Grouping.Each();
        return Contribution.Offload.of(
                past.growth(kind, "peer_bytes", each, series -> name(series, by)),
                past.growth(kind, "server_bytes", each, series -> name(series, by)));
    }

    private static String name(Series series, String by) {
        return by.equals("host") ? host(series) : series.labels().getOrDefault(by, "");
    }

    private static Row row(Contribution.Share share, @Nullable HostLive host) {
        return new Row(
                share.host(),
                share.upBytes(),
                share.downBytes(),
                share.share(),
                share.ratio(),
                share.freeRider(),
                host == null ? null : host.links().outBytesPerSecond(),
                host == null ? null : host.links().inBytesPerSecond(),
                host != null && host.simulated());
    }
}
