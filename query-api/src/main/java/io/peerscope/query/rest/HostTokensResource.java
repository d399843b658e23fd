package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Credential;
import io.peerscope.contracts.security.Role;
import io.peerscope.foundation.security.Principal;
import io.peerscope.query.access.CredentialBook;
import io.peerscope.query.access.HostToken;
import io.peerscope.query.access.TokenUses;
import io.peerscope.query.control.InvalidDocumentException;
import io.peerscope.query.control.RotationDocument;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.RegisteredHosts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Lets hosts in and shuts them out. A token is shown once; afterwards only its id is known. */
@Path("/api/v1/hosts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class HostTokensResource {
    private static final Pattern HOST = Pattern.compile("[^\\p{Cntrl}\\s/]{1,200}");
    /** Two for a rotation, some for mishaps. */
    private static final int MAX_TOKENS = 5;

    private final CredentialBook credentials;
    private final AuditLog audit;
    private final QueryClock clock;
    private final LiveTables live;
    private final TokenUses uses;

    public HostTokensResource(
            CredentialBook credentials, TokenUses uses, LiveTables live, AuditLog audit, QueryClock clock) {
        this.uses = uses;
        this.credentials = credentials;
        this.live = live;
        this.audit = audit;
        this.clock = clock;
    }

    /** A host to be let in. */
    public record Registration(
            @Nullable String host,
            @Nullable Map<String, String> labels,
            @Nullable Instant expiresAt) {}

    /** The only time that a token is shown. */
    public record IssuedToken(
            String host, String id, String token, @Nullable Instant expiresAt) {
        /** Without what must not reach a log. */
        @Override
        public String toString() {
            return "IssuedToken[" + host + ", " + id + "]";
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.ADMIN)
    @Operation(
            summary = "Registers a host and shows its token, once",
            description = "expires_at, where given: from then on the token is refused")
    public Response register(@Nullable Registration body, @Context ContainerRequestContext request) {
        Registration wanted = Body.present(body);
        String host = Body.field("host", wanted.host());
        if (!HOST.matcher(host).matches()) {
            throw ProblemException.field("host", ErrorCode.BAD_NAME, "1 to 200 characters without blanks and slashes");
        }
        Map<String, String> labels = Optional.ofNullable(wanted.labels()).orElse(Map.of());
        Instant expiresAt = future(wanted.expiresAt());
        Principal caller = Caller.of(request);
        CredentialBook.Issued issued = audit.record(
                caller, new AuditLog.Entry("host.register", host, null, registered(labels, expiresAt)), connection -> {
                    boolean added = RegisteredHosts.add(
                            connection, host, labels, clock.source().instant(), caller.name());
                    if (!added && !credentials.tokensOf(host).isEmpty()) {
                        throw new ProblemException(
                                ErrorCode.CONFLICT,
                                "this host is registered; POST /api/v1/hosts/{host}/tokens makes another token");
                    }
                    return credentials.issue(Credential.Use.TOKEN, Role.HOST, host, expiresAt);
                });
        return created(issued);
    }

    @GET
    @Path("/{host}/tokens")
    @Needs(Role.ADMIN)
    @Operation(
            summary = "The ids of a host's tokens",
            description = "With the time of their last use, which is told at most once in"
                    + " peerscope.ingest.token-use-every, and their status:"
                    + " valid, expiring (within 14 days) or expired.")
    public Map<String, Object> tokens(@PathParam("host") String host) {
        List<Credential> tokens = credentials.tokensOf(host);
        if (tokens.isEmpty() && !live.hosts().containsKey(host)) {
            throw ProblemException.notFound("host", host);
        }
        return Listing.all(
                "tokens",
                HostToken.ofOne(
                        tokens.stream()
                                .sorted(Comparator.comparing(Credential::createdAt))
                                .toList(),
                        uses.of(tokens.stream().map(Credential::id).toList()),
                        now()));
    }

    @POST
    @Path("/{host}/tokens")
    @Needs(Role.ADMIN)
    @Operation(
            summary = "Another token for a host; the old ones go on working until they are deleted",
            description = "A body is not needed; {\"expires_at\": …}: from then on the token is refused")
    public Response rotate(
            @PathParam("host") String host, byte @Nullable [] body, @Context ContainerRequestContext request)
            throws InvalidDocumentException {
        Instant expiresAt = body == null || body.length == 0
                ? null
                : future(RotationDocument.expiresAt(Documents.read(body, request.getMediaType()))
                        .orElse(null));
        List<Credential> tokens = credentials.tokensOf(host);
        if (tokens.isEmpty()) {
            throw ProblemException.notFound("registered host", host);
        }
        Instant now = now();
        long existing = tokens.stream()
                .filter(token -> token.expiresAt() == null || token.expiresAt().isAfter(now))
                .count();
        if (existing >= MAX_TOKENS) {
            throw new ProblemException(
                    ErrorCode.CONFLICT, "this host has " + existing + " tokens; delete one that is not used any more");
        }
        return created(audit.record(
                Caller.of(request),
                new AuditLog.Entry(
                        "host.token.create", host, null, expiresAt == null ? null : Map.of("expires_at", expiresAt)),
                connection -> credentials.issue(Credential.Use.TOKEN, Role.HOST, host, expiresAt)));
    }

    @DELETE
    @Path("/{host}/tokens/{id}")
    @Needs(Role.ADMIN)
    @Operation(summary = "Revokes a token")
    public void revoke(
            @PathParam("host") String host, @PathParam("id") String id, @Context ContainerRequestContext request) {
        Credential token = credentials.tokensOf(host).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("token", id));
        audit.record(
                Caller.of(request),
                new AuditLog.Entry("host.token.revoke", host, Map.of("id", id), null),
                connection -> {
                    credentials.revoke(token.id());
                    return id;
                });
    }

    private static Response created(CredentialBook.Issued issued) {
        String host = issued.credential().name();
        return Response.created(URI.create("/api/v1/hosts/" + URLEncoder.encode(host, StandardCharsets.UTF_8)))
                .entity(new IssuedToken(
                        host,
                        issued.credential().id(),
                        issued.secret().text(),
                        issued.credential().expiresAt()))
                .build();
    }

    private static Map<String, Object> registered(Map<String, String> labels, @Nullable Instant expiresAt) {
        return expiresAt == null ? Map.of("labels", labels) : Map.of("labels", labels, "expires_at", expiresAt);
    }

    private @Nullable Instant future(@Nullable Instant expiresAt) {
        if (expiresAt != null && !expiresAt.isAfter(now())) {
            throw ProblemException.field("expires_at", ErrorCode.BAD_TIMESTAMP, "must be in the future");
        }
        return expiresAt;
    }

    private Instant now() {
        return clock.source().instant();
    }
}
