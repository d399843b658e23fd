package io.peerscope.query.rest;

import io.peerscope.contracts.security.Role;
import io.peerscope.contracts.silence.Silence;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.control.ControlTable;
import io.peerscope.query.control.InvalidDocumentException;
import io.peerscope.query.control.ShownSilence;
import io.peerscope.query.control.SilenceDocument;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Silences: who does not want to be told of which alerts, and when. */
@Path("/api/v1/silences")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class SilencesResource {
    /** Each is held against every alert that is told. */
    private static final int MOST = 1_000;

    private final AuditedTable<Silence> silences;
    private final InstantSource clock;

    public SilencesResource(ControlTable<Silence> silences, ChangeOrder order, QueryClock clock) {
        this.silences = new AuditedTable<>(silences, order, "silence", MOST, Silence::id, each -> each);
        this.clock = clock.source();
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows(Source.CONTROL)
    @Operation(
            summary = "All silences, newest first",
            description = "status: pending, active or expired. What expired is kept for 30 days.")
    public Map<String, Object> list(
            @QueryParam("status") @Nullable List<String> status,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        Set<ShownSilence.Status> wanted =
                Query.words("status", status, SilencesResource::status, "pending, active, expired");
        Instant now = clock.instant();
        return Listing.held(
                "silences",
                silences.all().stream()
                        .sorted(Comparator.comparing(Silence::createdAt)
                                .reversed()
                                .thenComparing(Silence::id))
                        .map(silence -> ShownSilence.of(silence, now))
                        .filter(silence -> wanted.isEmpty() || wanted.contains(silence.status()))
                        .toList(),
                page,
                pageSize);
    }

    private static ShownSilence.Status status(String word) {
        return Arrays.stream(ShownSilence.Status.values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(word));
    }

    @GET
    @Path("/{id}")
    @Needs(Role.VIEWER)
    @Shows(Source.CONTROL)
    @Operation(summary = "One silence")
    public ShownSilence silence(@PathParam("id") String id) {
        return ShownSilence.of(silences.existing(id), clock.instant());
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, Documents.YAML})
    @Needs(Role.OPERATOR)
    @Operation(
            summary = "A new silence",
            description = "matchers, to, and perhaps from, recurring (daily, weekly, or an object of every, time_zone"
                    + " and until) and comment. Its id is made where none is given.")
    public Response create(byte @Nullable [] body, @Context ContainerRequestContext request)
            throws InvalidDocumentException {
        Instant now = now();
        Silence wanted = SilenceDocument.read(
                Documents.read(body, request.getMediaType()),
                UUID.randomUUID().toString(),
                new SilenceDocument.Author(Caller.of(request).name(), now),
                now);
        silences.create(wanted, request);
        return Response.created(URI.create("/api/v1/silences/" + wanted.id()))
                .entity(ShownSilence.of(wanted, clock.instant()))
                .build();
    }

    @PUT
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, Documents.YAML})
    @Needs(Role.OPERATOR)
    @Operation(summary = "Replaces a silence; who made it stays")
    public ShownSilence replace(
            @PathParam("id") String id, byte @Nullable [] body, @Context ContainerRequestContext request)
            throws InvalidDocumentException {
        Silence after = silences.replace(
                id,
                before -> SilenceDocument.read(
                        Documents.read(body, request.getMediaType()),
                        id,
                        new SilenceDocument.Author(before.createdBy(), before.createdAt()),
                        before.from()),
                request);
        return ShownSilence.of(after, clock.instant());
    }

    @DELETE
    @Path("/{id}")
    @Needs(Role.OPERATOR)
    @Operation(summary = "Ends and removes a silence; what still fires is told then")
    public void delete(@PathParam("id") String id, @Context ContainerRequestContext request) {
        silences.delete(id, request);
    }

    /** Milliseconds: what the topic keeps of it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
