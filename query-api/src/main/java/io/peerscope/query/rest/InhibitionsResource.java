package io.peerscope.query.rest;

import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.control.ControlTable;
import io.peerscope.query.control.InhibitionDocument;
import io.peerscope.query.control.InvalidDocumentException;
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
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Which alerts keep which others from being told. */
@Path("/api/v1/inhibitions")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class InhibitionsResource {
    /** Each is held against every alert that is told. */
    private static final int MOST = 200;

    private final AuditedTable<Inhibition> inhibitions;

    public InhibitionsResource(ControlTable<Inhibition> inhibitions, ChangeOrder order) {
        this.inhibitions = new AuditedTable<>(inhibitions, order, "inhibition", MOST, Inhibition::id, each -> each);
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows(Source.CONTROL)
    @Operation(summary = "All inhibitions")
    public Map<String, Object> list(
            @QueryParam("page") @Nullable String page, @QueryParam("page_size") @Nullable String pageSize) {
        return Listing.held("inhibitions", inhibitions.all(), page, pageSize);
    }

    @GET
    @Path("/{id}")
    @Needs(Role.VIEWER)
    @Shows(Source.CONTROL)
    @Operation(summary = "One inhibition")
    public Inhibition inhibition(@PathParam("id") String id) {
        return inhibitions.existing(id);
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, Documents.YAML})
    @Needs(Role.ADMIN)
    @Operation(
            summary = "A new inhibition",
            description =
                    "While an alert of source_matchers is on, one of target_matchers that is alike in the fields"
                            + " and labels of equal is not told, wherever the first is told. It counts for what fires from then on.")
    public Response create(byte @Nullable [] body, @Context ContainerRequestContext request)
            throws InvalidDocumentException {
        Inhibition wanted = InhibitionDocument.read(Documents.read(body, request.getMediaType()), "");
        return Response.created(URI.create("/api/v1/inhibitions/" + wanted.id()))
                .entity(inhibitions.create(wanted, request))
                .build();
    }

    @PUT
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, Documents.YAML})
    @Needs(Role.ADMIN)
    @Operation(summary = "Replaces an inhibition")
    public Inhibition replace(
            @PathParam("id") String id, byte @Nullable [] body, @Context ContainerRequestContext request)
            throws InvalidDocumentException {
        return inhibitions.replace(
                id, before -> InhibitionDocument.read(Documents.read(body, request.getMediaType()), id), request);
    }

    @DELETE
    @Path("/{id}")
    @Needs(Role.ADMIN)
    @Operation(summary = "Removes an inhibition; what it held back and still fires is told then")
    public void delete(@PathParam("id") String id, @Context ContainerRequestContext request) {
        inhibitions.delete(id, request);
    }
}
