package io.peerscope.query.rest;

import io.peerscope.contracts.security.Role;
import io.peerscope.query.advice.Advice;
import io.peerscope.query.advice.AdviceKind;
import io.peerscope.query.advice.AdviceState;
import io.peerscope.query.advice.Adviser;
import io.peerscope.query.advice.Picture;
import io.peerscope.query.advice.TrackRecord;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.network.NetworkTables;
import io.peerscope.query.store.AdviceTable;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What could be done better, and what it brought where it was done. */
@Path("/api/v1/network/suggestions")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class SuggestionsResource {
    private final AdviceTable table;
    private final Adviser adviser;
    private final NetworkTables network;
    private final LiveTables live;
    private final QueryClock clock;

    public SuggestionsResource(
            AdviceTable table, Adviser adviser, NetworkTables network, LiveTables live, QueryClock clock) {
        this.table = table;
        this.adviser = adviser;
        this.network = network;
        this.live = live;
        this.clock = clock;
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows({Source.LIVE, Source.STORED})
    @Operation(summary = "Advice with its predicted gain, and with the measured one where it was followed")
    public Map<String, Object> suggestions(
            @QueryParam("kind") @Nullable List<String> kind,
            @QueryParam("state") @Nullable List<String> state,
            @QueryParam("host") @Nullable String host,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Query.Paging paging = Query.paging(page, pageSize);
        Set<AdviceKind> kinds = Query.words("kind", kind, AdviceKind::of, AdviceKind.words());
        Set<AdviceState> states = Query.words("state", state, AdviceState::of, AdviceState.words());
        Optional<String> concerned = Query.text(host);
        List<Advice> all = new ArrayList<>(table.all());
        concerned.ifPresent(name -> all.addAll(adviser.peersFor(
                name,
                new Picture(
                        network.links(),
                        live.hosts(),
                        network.presences(),
                        network.topology().orElse(null)),
                clock.source().instant())));
        Map<AdviceKind, TrackRecord> records = table.records();
        List<Advice> found = all.stream()
                .filter(advice -> kinds.isEmpty() || kinds.contains(advice.kind()))
                .filter(advice -> states.isEmpty() || states.contains(advice.state()))
                .filter(advice -> concerned.isEmpty()
                        || advice.from().equals(concerned.get())
                        || advice.to().equals(concerned.get())
                        || concerned.get().equals(advice.via()))
                .sorted(Comparator.comparing(Advice::state)
                        .thenComparing(
                                advice -> advice.gainShare() * weight(records, advice.kind()),
                                Comparator.reverseOrder())
                        .thenComparing(Advice::id)
                        .thenComparing(Advice::madeAt, Comparator.reverseOrder()))
                .toList();
        Map<String, Object> listing = Listing.page("suggestions", paging.of(found), found.size(), paging);
        listing.put("records", List.copyOf(records.values()));
        return listing;
    }

    private static double weight(Map<AdviceKind, TrackRecord> records, AdviceKind kind) {
        TrackRecord record = records.get(kind);
        return record == null ? 1 : record.weight();
    }
}
