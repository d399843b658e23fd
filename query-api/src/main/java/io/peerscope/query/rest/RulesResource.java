package io.peerscope.query.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.control.ControlTable;
import io.peerscope.query.store.AuditLog;
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
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Rules, as JSON or YAML. */
@Path("/api/v1/rules")
@RunOnVirtualThread
@Produces({MediaType.APPLICATION_JSON, Documents.YAML})
public final class RulesResource {
    private final ControlTable<Rule> rules;
    private final AuditLog audit;
    /** One change at a time, so that two of them do not make the same version. */
    private final ReentrantLock changing = new ReentrantLock();

    public RulesResource(ControlTable<Rule> rules, AuditLog audit) {
        this.rules = rules;
        this.audit = audit;
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows(Source.CONTROL)
    @Operation(summary = "All rules")
    public Response list(
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize,
            @Context ContainerRequestContext request) {
        return Documents.answer(
                        Response.ok(),
                        Listing.held(
                                "rules",
                                rules.all().stream().map(RuleDocument::write).toList(),
                                page,
                                pageSize),
                        request.getAcceptableMediaTypes())
                .build();
    }

    @GET
    @Path("/{id}")
    @Needs(Role.VIEWER)
    @Shows(Source.CONTROL)
    @Operation(summary = "One rule")
    public Response rule(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return answer(Response.ok(), existing(id), request);
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, Documents.YAML})
    @Needs(Role.ADMIN)
    @Operation(
            summary = "A new rule",
            description =
                    "A rule without a metric must have the id of a known one. Values of where and labels are text.")
    public Response create(byte @Nullable [] body, @Context ContainerRequestContext request)
            throws RuleInvalidException {
        Rule wanted =
                RuleDocument.read(Documents.read(body, request.getMediaType())).withVersion(1);
        changing.lock();
        try {
            if (rules.find(wanted.id()).isPresent()) {
                throw new ProblemException(ErrorCode.CONFLICT, "there is a rule " + wanted.id() + "; PUT replaces it");
            }
            change("rule.create", wanted.id(), null, wanted, request);
        } finally {
            changing.unlock();
        }
        return answer(Response.created(URI.create("/api/v1/rules/" + wanted.id())), wanted, request);
    }

    @PUT
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, Documents.YAML})
    @Needs(Role.ADMIN)
    @Operation(summary = "Replaces a rule and raises its version")
    public Response replace(
            @PathParam("id") String id, byte @Nullable [] body, @Context ContainerRequestContext request)
            throws RuleInvalidException {
        JsonNode document = Documents.read(body, request.getMediaType());
        if (document instanceof ObjectNode object && !object.has("id")) {
            object.put("id", id);
        }
        Rule wanted = RuleDocument.read(document);
        if (!wanted.id().equals(id)) {
            throw Query.wrong("id", "the same as in the address, " + id);
        }
        changing.lock();
        try {
            Rule before = existing(id);
            Rule after = wanted.withVersion(before.version() + 1);
            change("rule.replace", id, before, after, request);
            return answer(Response.ok(), after, request);
        } finally {
            changing.unlock();
        }
    }

    @DELETE
    @Path("/{id}")
    @Needs(Role.ADMIN)
    @Operation(summary = "Removes a rule; its alerts end")
    public void delete(@PathParam("id") String id, @Context ContainerRequestContext request) {
        changing.lock();
        try {
            change("rule.delete", id, existing(id), null, request);
        } finally {
            changing.unlock();
        }
    }

    private void change(
            String action, String id, @Nullable Rule before, @Nullable Rule after, ContainerRequestContext request) {
        AuditLog.Entry entry = new AuditLog.Entry(
                action,
                id,
                before == null ? null : RuleDocument.write(before),
                after == null ? null : RuleDocument.write(after));
        audit.record(Caller.of(request), entry, connection -> {
            if (after == null) {
                rules.delete(id);
            } else {
                rules.put(id, after);
            }
            return id;
        });
    }

    private Rule existing(String id) {
        return rules.find(id).orElseThrow(() -> ProblemException.notFound("rule", id));
    }

    private static Response answer(Response.ResponseBuilder answer, Rule rule, ContainerRequestContext request) {
        return Documents.answer(answer, RuleDocument.write(rule), request.getAcceptableMediaTypes())
                .build();
    }
}
