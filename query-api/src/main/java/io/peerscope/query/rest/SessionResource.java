package io.peerscope.query.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Credential;
import io.peerscope.contracts.security.Role;
import io.peerscope.foundation.security.Principal;
import io.peerscope.query.access.CredentialBook;
import io.peerscope.query.access.OneTimeCodes;
import io.peerscope.query.access.TrustedProxies;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.SecondFactorTable.SecondFactor;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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
    private final Recognition recognition;
    private final SecondFactors secondFactors;
    private final TrustedProxies proxies;
    private final OneTimeCodes codes;
    private final Logins logins;

    public SessionResource(
            CredentialBook credentials,
            Recognition recognition,
            SecondFactors secondFactors,
            TrustedProxies proxies,
            OneTimeCodes codes,
            Logins logins) {
        this.credentials = credentials;
        this.recognition = recognition;
        this.secondFactors = secondFactors;
        this.proxies = proxies;
        this.codes = codes;
        this.logins = logins;
    }

    /**
     * Either a user with a password, or the code of a one-time link.
     *
     * @param code of the authenticator app, or a recovery code; where the user wants one
     */
    public record Login(
            @Nullable String username,
            @Nullable String password,
            @Nullable String code,
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

    /**
     * Who has just logged in.
     *
     * @param recoveryCodes shown this once: there where the login set a second factor up
     */
    public record Welcome(
            @JsonUnwrapped Session session,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<String> recoveryCodes) {
        /** Without what must not reach a log. */
        @Override
        public String toString() {
            return "Welcome[" + session + "]";
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Open
    @Operation(summary = "Logs in; the answer sets the session cookie")
    public Response login(
            @Nullable Login body, @Context ContainerRequestContext request, @Context HttpServerRequest connection) {
        Login login = Body.present(body);
        Logins.From from = new Logins.From(
                ClientAddress.of(connection, proxies),
                Optional.ofNullable(request.getHeaderString("User-Agent")).orElse(""));
        AtomicReference<@Nullable List<String>> recoveryCodes = new AtomicReference<>();
        Logins.Begun begun = login.oneTime() != null
                ? byCode(login.oneTime(), from)
                : byPassword(
                        Body.field("username", login.username()),
                        Body.field("password", login.password()),
                        login.code(),
                        from,
                        recoveryCodes::set);
        endShown(request);
        Credential credential = begun.issued().credential();
        return Response.ok(new Welcome(
                        new Session(credential.name(), credential.role(), credential.expiresAt()), recoveryCodes.get()))
                .cookie(SessionCookie.of(request, begun.issued().secret().text(), begun.validFor()))
                .build();
    }

    /** The browser forgets the session that it had, so nobody could log out of it any more. */
    private void endShown(ContainerRequestContext request) {
        Optional.ofNullable(request.getCookies().get(SessionCookie.name(request)))
                .flatMap(cookie -> credentials.authenticate(cookie.getValue(), Credential.Use.SESSION))
                .ifPresent(before -> logins.end(before, before.name(), before.role(), session -> session.id()
                        .equals(before.credentialId())));
    }

    private Logins.Begun byCode(String code, Logins.From from) {
        return recognition.attempt("", from.address(), () -> {
            if (!codes.use(code)) {
                throw wrong("one_time", "this code is not valid, or was used");
            }
            return logins.begin(FIRST_ADMIN, Role.ADMIN, from, "one_time", Logins.Condition.NONE);
        });
    }

    private Logins.Begun byPassword(
            String username,
            String password,
            @Nullable String code,
            Logins.From from,
            Consumer<List<String>> recoveryCodes) {
        return recognition.attempt(username, from.address(), () -> {
            Users.User user =
                    recognition.byPassword(username, password, unauthenticated("wrong user name or password"));
            Optional<SecondFactor> factor = secondFactors.of(username);
            if (factor.isEmpty() && secondFactors.due(user.role())) {
                return withFirstCode(user, code, from, recoveryCodes);
            }
            if (factor.isEmpty()) {
                return begin(user, from, "password", List.of(), Logins.Condition.NONE);
            }
            if (code == null) {
                throw new ProblemException(
                        ErrorCode.SECOND_FACTOR_REQUIRED, "send the code of the authenticator app, or a recovery code");
            }
            return begin(user, from, "password and code", List.of(), connection -> {
                if (!secondFactors.use(connection, factor.get(), code)) {
                    throw wrong("code", "the code is wrong, or was used before");
                }
            });
        });
    }

    /** Whoever must not be without a second factor sets it up before there is a session. */
    private Logins.Begun withFirstCode(
            Users.User user, @Nullable String code, Logins.From from, Consumer<List<String>> recoveryCodes) {
        if (code == null) {
            throw new ProblemException(
                    ErrorCode.SECOND_FACTOR_SETUP_REQUIRED,
                    "a second factor is a duty here: ask for a secret at /api/v1/session/second-factor/setup, and send"
                            + " a first code of it");
        }
        SecondFactor offered = secondFactors.offered(user.username());
        AuditLog.Entry enabled =
                new AuditLog.Entry("second_factor.enable", user.username(), null, Map.of("kind", "totp"));
        return begin(
                user,
                from,
                "password and first code",
                List.of(enabled),
                connection -> recoveryCodes.accept(secondFactors
                        .confirm(connection, offered, code)
                        .orElseThrow(() -> wrong("code", "the code is not what the app shows now"))));
    }

    private Logins.Begun begin(
            Users.User user, Logins.From from, String how, List<AuditLog.Entry> changes, Logins.Condition condition) {
        return logins.begin(user.username(), user.role(), from, how, changes, connection -> {
            Recognition.unchanged(connection, user);
            condition.apply(connection);
        });
    }

    private static Recognition.WrongException wrong(String what, String why) {
        return new Recognition.WrongException(what, unauthenticated(why));
    }

    private static ProblemException unauthenticated(String why) {
        return new ProblemException(ErrorCode.UNAUTHENTICATED, why);
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
        String id = logins.own(caller).id();
        logins.end(caller, caller.name(), caller.role(), session -> session.id().equals(id));
        return Response.noContent()
                .cookie(SessionCookie.of(request, "", Duration.ZERO))
                .build();
    }
}
