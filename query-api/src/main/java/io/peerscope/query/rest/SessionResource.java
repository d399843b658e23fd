package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Credential;
import io.peerscope.contracts.security.Role;
import io.peerscope.foundation.security.Principal;
import io.peerscope.query.access.CredentialBook;
import io.peerscope.query.access.LoginBackOff;
import io.peerscope.query.access.OneTimeCodes;
import io.peerscope.query.access.Passwords;
import io.peerscope.query.access.TrustedProxies;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.Users;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Logging in and out. A session lives on the server; the cookie only refers to it. */
@Path("/api/v1/session")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class SessionResource {
    /** As whom the one-time link logs in. */
    private static final String FIRST_ADMIN = "admin";

    private final CredentialBook credentials;
    private final Users users;
    private final Passwords passwords;
    private final LoginBackOff backOff;
    private final TrustedProxies proxies;
    private final OneTimeCodes codes;
    private final AuditLog audit;
    private final Supplier<Duration> validFor;

    public SessionResource(
            CredentialBook credentials,
            Users users,
            Passwords passwords,
            LoginBackOff backOff,
            TrustedProxies proxies,
            OneTimeCodes codes,
            AuditLog audit,
            SessionLength length) {
        this.credentials = credentials;
        this.users = users;
        this.passwords = passwords;
        this.backOff = backOff;
        this.proxies = proxies;
        this.codes = codes;
        this.audit = audit;
        this.validFor = length.now();
    }

    /** How long a session is valid. */
    public record SessionLength(Supplier<Duration> now) {}

    /** Either a user with a password, or the code of a one-time link. */
    public record Login(
            @Nullable String username,
            @Nullable String password,
            @Nullable String oneTime) {
        /** Without what must not reach a log. */
        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }

    /** Who is logged in. */
    public record Session(
            String username, Role role, @Nullable Instant expiresAt) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Open
    @Operation(summary = "Logs in; the answer sets the session cookie")
    public Response login(
            @Nullable Login body, @Context ContainerRequestContext request, @Context HttpServerRequest connection) {
        Login login = Body.present(body);
        String address = proxies.client(
                String.valueOf(connection.remoteAddress().hostAddress()),
                Optional.ofNullable(request.getHeaders().get("X-Forwarded-For")).orElse(List.of()));
        return login.oneTime() != null
                ? byCode(login.oneTime(), address, request)
                : byPassword(
                        Body.field("username", login.username()),
                        Body.field("password", login.password()),
                        address,
                        request);
    }

    private Response byCode(String code, String address, ContainerRequestContext request) {
        mayTry("", address);
        if (!codes.use(code)) {
            backOff.failed("", address);
            throw new ProblemException(ErrorCode.UNAUTHENTICATED, "this code is not valid, or was used");
        }
        return start(FIRST_ADMIN, Role.ADMIN, request);
    }

    private Response byPassword(String username, String password, String address, ContainerRequestContext request) {
        mayTry(username, address);
        Optional<Users.User> user = users.find(username).filter(found -> !found.disabled());
        if (!passwords.matches(password, user.map(Users.User::passwordHash)) || user.isEmpty()) {
            backOff.failed(username, address);
            throw new ProblemException(ErrorCode.UNAUTHENTICATED, "wrong user name or password");
        }
        backOff.succeeded(username);
        return start(username, user.get().role(), request);
    }

    private void mayTry(String username, String address) {
        backOff.wait(username, address).ifPresent(wait -> {
            throw ProblemException.later(ErrorCode.QUOTA_EXCEEDED, "too many wrong tries; wait a little", wait);
        });
    }

    private Response start(String username, Role role, ContainerRequestContext request) {
        Duration length = validFor.get();
        CredentialBook.Issued session = audit.record(
                new Principal(role, username, ""),
                new AuditLog.Entry("session.start", username, null, null),
                connection -> credentials.issue(Credential.Use.SESSION, role, username, length));
        return Response.ok(new Session(username, role, session.credential().expiresAt()))
                .cookie(SessionCookie.of(request, session.secret().text(), length))
                .build();
    }

    @GET
    @Needs(Role.VIEWER)
    @Operation(summary = "Who one is logged in as")
    public Session session(@Context ContainerRequestContext request) {
        Principal caller = Caller.of(request);
        return new Session(
                caller.name(),
                caller.role(),
                credentials
                        .find(caller.credentialId())
                        .map(Credential::expiresAt)
                        .orElse(null));
    }

    @DELETE
    @Needs(Role.VIEWER)
    @Operation(summary = "Logs out")
    public Response logout(@Context ContainerRequestContext request) {
        Principal caller = Caller.of(request);
        boolean session = credentials
                .find(caller.credentialId())
                .filter(credential -> credential.use() == Credential.Use.SESSION)
                .isPresent();
        if (!session) {
            throw new ProblemException(ErrorCode.CONFLICT, "a token has no session to end");
        }
        audit.record(caller, new AuditLog.Entry("session.end", caller.name(), null, null), connection -> {
            credentials.revoke(caller.credentialId());
            return caller;
        });
        return Response.noContent()
                .cookie(SessionCookie.of(request, "", Duration.ZERO))
                .build();
    }
}
