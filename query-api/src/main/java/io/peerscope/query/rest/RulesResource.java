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
import io.peerscope.query.rule.PrometheusRules;
import io.peerscope.query.rule.RuleImport;
import io.peerscope.query.store.RuleVersions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
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
    private final RuleVersions versions;

    public RulesResource(ControlTable<Rule> rules, ChangeOrder order, RuleVersions versions) {
        this.rules = new AuditedTable<>(rules, order, "rule", Integer.MAX_VALUE, Rule::id, RuleDocument::write);
        this.versions = versions;
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
    @Operation(
            summary = "One rule",
            description = "Its version is also the ETag; If-None-Match with it is answered 304.")
    public Response rule(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known,
            @Context ContainerRequestContext request) {
        Rule rule = rules.existing(id);
        VersionTag tag = new VersionTag(rule.version());
        return tag.isKnown(known)
                ? Response.notModified().header(HttpHeaders.ETAG, tag).build()
                : answer(Response.ok(), rule, request);
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, Documents.YAML})
    @Needs(Role.ADMIN)
    @Operation(
            summary = "A new rule",
            description =
                    "A rule without a metric must have the id of a known one. Values of where and labels are text. The"
                            + " version is 1, or goes on where a rule of this id was removed.")
    public Response create(byte @Nullable [] body, @Context ContainerRequestContext request)
            throws RuleInvalidException {
        Rule wanted = read(Documents.read(body, request.getMediaType()), body, request.getMediaType());
        Rule made = rules.create(wanted.id(), () -> wanted.withVersion(versionAfter(wanted.id(), null)), request);
        return answer(Response.created(URI.create("/api/v1/rules/" + made.id())), made, request);
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
                boolean same =
                        before != null && wanted.withVersion(before.version()).equals(before);
                Rule after = before != null && same ? before : wanted.withVersion(versionAfter(wanted.id(), before));
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
    @Operation(
            summary = "Replaces a rule and raises its version",
            description =
                    "If-Match with the ETag that was read, or version in the body, refuses the change where somebody"
                            + " was quicker. With neither, the rule is replaced whatever it is.")
    public Response replace(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            byte @Nullable [] body,
            @Context ContainerRequestContext request)
            throws RuleInvalidException {
        JsonNode document = Documents.read(body, request.getMediaType());
        if (document instanceof ObjectNode object && !object.has("id")) {
            object.put("id", id);
        }
        Rule wanted = read(document, body, request.getMediaType());
        boolean madeOfOne = document.hasNonNull("version");
        Rule after = rules.replace(
                id,
                before -> {
                    new VersionTag(before.version()).require(ifMatch, "the rule " + id);
                    if (madeOfOne && wanted.version() != before.version()) {
                        throw outdated(wanted, before);
                    }
                    return wanted.withVersion(versionAfter(id, before));
                },
                request);
        return answer(Response.ok(), after, request);
    }

    private static ProblemException outdated(Rule wanted, Rule before) {
        return ProblemException.field(
                "version",
                ErrorCode.CONFLICT,
                "the rule %s is at version %d, what was sent was made of version %d: somebody changed it since you read it."
                                .formatted(before.id(), before.version(), wanted.version())
                        + " Read it again and apply your change to that, or leave version out to replace what there is");
    }

    /** The next that no rule of this id ever had. */
    private long versionAfter(String id, @Nullable Rule before) {
        return Math.max(versions.last(id), before == null ? 0 : before.version()) + 1;
    }

    @DELETE
    @Path("/{id}")
    @Needs(Role.ADMIN)
    @Operation(
            summary = "Removes a rule; its alerts end",
            description = "If-Match with the ETag that was read refuses it where somebody changed it since.")
    public void delete(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Context ContainerRequestContext request) {
        rules.delete(id, before -> new VersionTag(before.version()).require(ifMatch, "the rule " + id), request);
    }

    private static Response answer(Response.ResponseBuilder answer, Rule rule, ContainerRequestContext request) {
        return Documents.answer(
                        answer.header(HttpHeaders.ETAG, new VersionTag(rule.version())),
                        RuleDocument.write(rule),
                        request.getAcceptableMediaTypes())
                .build();
    }
}
