package io.peerscope.query.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.control.ControlTable;
import io.peerscope.query.rule.PrometheusRules;
import io.peerscope.query.rule.RuleImport;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Rules, as JSON or YAML. */
@Path("/api/v1/rules")
@RunOnVirtualThread
@Produces({MediaType.APPLICATION_JSON, Documents.YAML})
public final class RulesResource {
    private final AuditedTable<Rule> rules;

    public RulesResource(ControlTable<Rule> rules, AuditLog audit) {
        this.rules = new AuditedTable<>(rules, audit, "rule", Integer.MAX_VALUE, Rule::id, RuleDocument::write);
    }

    @GET
    @Needs(Role.VIEWER)
    @Shows(Source.CONTROL)
    @Operation(
            summary = "All rules",
            description =
                    "format=prometheus answers a rule file for Prometheus and VictoriaMetrics instead; what they cannot"
                            + " say stands in it as a comment.")
    public Response list(
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize,
            @QueryParam("format") @Nullable String format,
            @Context ContainerRequestContext request) {
        if (format != null) {
            if (!format.equals("prometheus")) {
                throw Query.wrong("format", "prometheus, or not given");
            }
            return Response.ok(PrometheusRules.write(rules.all()), Documents.YAML)
                    .build();
        }
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
        return answer(Response.ok(), rules.existing(id), request);
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
        Rule wanted = read(Documents.read(body, request.getMediaType()), body, request.getMediaType())
                .withVersion(1);
        rules.create(wanted, request);
        return answer(Response.created(URI.create("/api/v1/rules/" + wanted.id())), wanted, request);
    }

    @POST
    @Path("/import")
    @Consumes({MediaType.APPLICATION_JSON, Documents.YAML})
    @Needs(Role.ADMIN)
    @Operation(
            summary = "Rules from old forms of alert configuration",
            description =
                    "A list of alerts with type, threshold and severity; a map of alerts with warning, critical and"
                            + " duration; or thresholds by field, such as {\"cpu\":90}. A second import replaces only"
                            + " what differs. With dry_run=true nothing is written.")
    public Response importAll(
            @QueryParam("dry_run") @Nullable String dryRun,
            byte @Nullable [] body,
            @Context ContainerRequestContext request)
            throws RuleInvalidException {
        boolean dry = Query.word("dry_run", dryRun, RulesResource::flag, "true, false")
                .orElse(false);
        JsonNode document = Documents.read(body, request.getMediaType());
        RuleImport.Imported imported;
        try {
            imported = RuleImport.read(document);
        } catch (RuleInvalidException e) {
            throw new RuleInvalidException(
                    Documents.places(body, request.getMediaType()).mark(e.faults()));
        }
        List<ObjectNode> made = new ArrayList<>();
        Map<String, String> outcomes = new LinkedHashMap<>();
        rules.together(request, recorder -> {
            for (Rule wanted : imported.rules()) {
                Rule before = rules.find(wanted.id()).orElse(null);
                Rule after = before == null ? wanted : wanted.withVersion(before.version());
                boolean same = after.equals(before);
                if (before != null && !same) {
                    after = wanted.withVersion(before.version() + 1);
                }
                if (!same && !dry) {
                    recorder.change("import", wanted.id(), before, after);
                }
                made.add(RuleDocument.write(after));
                outcomes.put(wanted.id(), same ? "unchanged" : before == null ? "created" : "replaced");
            }
        });
        return Documents.answer(
                        Response.ok(),
                        new ImportAnswer(made, outcomes, imported.ignored(), dry),
                        request.getAcceptableMediaTypes())
                .build();
    }

    /** @param outcomes by id: created, replaced or unchanged */
    record ImportAnswer(List<ObjectNode> rules, Map<String, String> outcomes, List<String> ignored, boolean dryRun) {}

    private static boolean flag(String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(word);
        };
    }

    /** Faults come with their place in the text. */
    private static Rule read(JsonNode document, byte @Nullable [] body, @Nullable MediaType type)
            throws RuleInvalidException {
        try {
            return RuleDocument.read(document);
        } catch (RuleInvalidException e) {
            throw new RuleInvalidException(Documents.places(body, type).mark(e.faults()));
        }
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
        Rule wanted = read(document, body, request.getMediaType());
        Rule after = rules.replace(id, before -> wanted.withVersion(before.version() + 1), request);
        return answer(Response.ok(), after, request);
    }

    @DELETE
    @Path("/{id}")
    @Needs(Role.ADMIN)
    @Operation(summary = "Removes a rule; its alerts end")
    public void delete(@PathParam("id") String id, @Context ContainerRequestContext request) {
        rules.delete(id, request);
    }

    private static Response answer(Response.ResponseBuilder answer, Rule rule, ContainerRequestContext request) {
        return Documents.answer(answer, RuleDocument.write(rule), request.getAcceptableMediaTypes())
                .build();
    }
}
