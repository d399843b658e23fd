package io.peerscope.query.rest;

import io.peerscope.contracts.link.HostPresence;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.LinkVerdict;
import io.peerscope.contracts.link.PathClass;
import io.peerscope.contracts.link.QualityLevel;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.network.LinkMatrix;
import io.peerscope.query.network.LinkView;
import io.peerscope.query.network.NetworkTables;
import io.peerscope.query.network.PathsView;
import io.peerscope.query.network.TopologyView;
import io.peerscope.query.network.Trust;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Links from both ends, and the graph that they make. */
@Path("/api/v1/network")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class NetworkResource {
    private static final String VERDICTS = "agreed, asymmetric, one_sided, contradiction";
    private static final String LEVELS = "excellent, good, fair, poor, unusable";
    private static final String PATHS = "direct, relay, turn, vps, unknown";

    private final NetworkTables network;
    private final LiveTables live;
    private final QueryClock clock;

    public NetworkResource(NetworkTables network, LiveTables live, QueryClock clock) {
        this.network = network;
        this.live = live;
        this.clock = clock;
    }

    @GET
    @Path("/links")
    @Needs(Role.VIEWER)
    @Shows(Source.LIVE)
    @Operation(summary = "Links as both ends see them, worst quality first")
    public Map<String, Object> links(
            @QueryParam("host") @Nullable List<String> host,
            @QueryParam("verdict") @Nullable List<String> verdict,
            @QueryParam("level") @Nullable List<String> level,
            @QueryParam("path") @Nullable List<String> path,
            @QueryParam("up") @Nullable String up,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        Set<String> hosts = Set.copyOf(Query.list("host", host));
        Set<LinkVerdict> verdicts = Query.words("verdict", verdict, LinkVerdict::of, VERDICTS);
        Set<QualityLevel> levels = Query.words("level", level, QualityLevel::of, LEVELS);
        Set<PathClass> paths = Query.words("path", path, PathClass::of, PATHS);
        Optional<Boolean> carrying = Query.word("up", up, Query::yesOrNo, "true, false");
        List<LinkLive> found = network.links().stream()
                .filter(link -> hosts.isEmpty() || hosts.contains(link.a()) || hosts.contains(link.b()))
                .filter(link -> verdicts.isEmpty() || verdicts.contains(link.verdict()))
                .filter(link -> levels.isEmpty()
                        || (link.quality() != null
                                && levels.contains(link.quality().level())))
                .filter(link -> paths.isEmpty() || paths.contains(link.path()))
                .filter(link -> carrying.isEmpty() || carrying.get() == link.up())
                .sorted(Comparator.<LinkLive>comparingDouble(link ->
                                link.quality() == null ? 101 : link.quality().score())
                        .thenComparing((LinkLive link) -> link.key()))
                .toList();
        Instant now = clock.source().instant();
        Map<String, HostPresence> presences = network.presences();
        return Listing.page(
                "links",
                paging.of(found).stream()
                        .map(link -> LinkView.of(link, Trust.suspect(link, presences), now))
                        .toList(),
                found.size(),
                paging);
    }

    @GET
    @Path("/links/{a}/{b}")
    @Needs(Role.VIEWER)
    @Shows(Source.LIVE)
    @Operation(summary = "One link, its ends in either order")
    public LinkView link(@PathParam("a") String one, @PathParam("b") String other) {
        LinkLive link = network.link(one, other)
                .orElseThrow(() ->
                        new ProblemException(ErrorCode.NOT_FOUND, "there is no link between " + one + " and " + other));
        return LinkView.of(
                link, Trust.suspect(link, network.presences()), clock.source().instant());
    }

    @GET
    @Path("/matrix")
    @Needs(Role.VIEWER)
    @Shows(Source.LIVE)
    @Operation(summary = "What hosts measure to one another, fresh links only")
    public LinkMatrix matrix(
            @QueryParam("metric") @Nullable String metric, @QueryParam("hosts") @Nullable List<String> hosts) {
        Set<String> wanted = Set.copyOf(Query.list("hosts", hosts));
        Predicate<String> any = wanted.isEmpty() ? host -> true : wanted::contains;
        LinkMatrix.Metric asked = Query.word("metric", metric, LinkMatrix.Metric::of, LinkMatrix.Metric.words())
                .orElse(LinkMatrix.Metric.LATENCY_MS);
        return LinkMatrix.of(network.links(), asked, any, clock.source().instant());
    }

    @GET
    @Path("/paths")
    @Needs(Role.VIEWER)
    @Shows(Source.LIVE)
    @Operation(summary = "How links go, directly or through what, and which groups of hosts cannot be reached directly")
    public PathsView paths(@QueryParam("by") @Nullable List<String> by) {
        return PathsView.of(network.links(), live.hosts(), Set.copyOf(Query.list("by", by)));
    }

    @GET
    @Path("/topology")
    @Needs(Role.VIEWER)
    @Shows(Source.LIVE)
    @Operation(summary = "The graph: who reaches whom, and what would part it")
    public TopologyView topology() {
        return TopologyView.of(network.topology().orElse(null), network.links(), network.presences(), live.hosts());
    }
}
