package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.foundation.security.Principal;
import io.peerscope.query.access.TrustedProxies;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.SecondFactorTable;
import io.peerscope.query.store.SecondFactorTable.SecondFactor;
import io.peerscope.query.store.Users;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** One's own second factor. Whoever only found an open page cannot change it: the password is asked for again. */
@Path("/api/v1/session/second-factor")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class SecondFactorResource {
    private final SecondFactors factors;
    private final Recognition recognition;
    private final Logins logins;
    private final Users users;
    private final TrustedProxies proxies;
    private final AuditLog audit;

    public SecondFactorResource(
            SecondFactors factors,
            Recognition recognition,
            Logins logins,
            Users users,
            TrustedProxies proxies,
            AuditLog audit) {
        this.factors = factors;
        this.recognition = recognition;
        this.logins = logins;
        this.users = users;
        this.proxies = proxies;
        this.audit = audit;
    }

    /**
     * How it stands.
     *
     * @param possible whether one logs in by a password at all
     * @param required whether it cannot be switched off
     * @param recoveryCodesLeft 0 where it is off
     */
    public record State(
            boolean possible,
            boolean enabled,
            boolean required,
            @Nullable Instant since,
            int recoveryCodesLeft) {}

    /** What one proves oneself with. */
    public record Proof(@Nullable String password, @Nullable String code) {
        /** Without what must not reach a log. */
        @Override
        public String toString() {
            return "Proof";
        }
    }

    /** Who is at the login page and must set one up first. */
    public record Newcomer(
            @Nullable String username, @Nullable String password) {
        /** Without what must not reach a log. */
        @Override
        public String toString() {
            return "Newcomer[" + username + "]";
        }
    }

    /** Shown this once. */
    public record Codes(List<String> recoveryCodes) {
        /** Without what must not reach a log. */
        @Override
        public String toString() {
            return "Codes";
        }
    }

    @GET
    @Needs(Role.VIEWER)
    @Operation(summary = "Whether one's own second factor is on")
    public State state(@Context ContainerRequestContext request) {
        Principal caller = Caller.of(request);
        Optional<SecondFactor> factor = user(caller).flatMap(user -> factors.of(user.username()));
        return new State(
                user(caller).isPresent(),
                factor.isPresent(),
                user(caller).isPresent() && factors.due(caller.role()),
                factor.map(SecondFactor::confirmedAt).orElse(null),
                factor.map(SecondFactor::codesLeft).orElse(0));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.VIEWER)
    @Operation(summary = "A new secret for an authenticator app; it counts once a code of it is confirmed")
    public Response offer(
            @Nullable Proof body, @Context ContainerRequestContext request, @Context HttpServerRequest connection) {
        String password = Body.field("password", Body.present(body).password());
        String username = someoneWithPassword(request);
        SecondFactors.Offer offer = recognition.attempt(username, ClientAddress.of(connection, proxies), () -> {
            recognition.byPassword(username, password, wrong("password", "is not yours"));
            return factors.offer(username);
        });
        return Response.status(Response.Status.CREATED).entity(offer).build();
    }

    @POST
    @Path("/setup")
    @Consumes(MediaType.APPLICATION_JSON)
    @Open
    @Operation(
            summary = "A new secret for who cannot log in without a second factor and has none; the login with a first"
                    + " code of it makes it count")
    public Response setUp(@Nullable Newcomer body, @Context HttpServerRequest connection) {
        Newcomer newcomer = Body.present(body);
        String username = Body.field("username", newcomer.username());
        String password = Body.field("password", newcomer.password());
        SecondFactors.Offer offer = recognition.attempt(username, ClientAddress.of(connection, proxies), () -> {
            Users.User user = recognition.byPassword(
                    username, password, new ProblemException(ErrorCode.UNAUTHENTICATED, "wrong user name or password"));
            if (!factors.due(user.role())) {
                throw new ProblemException(ErrorCode.CONFLICT, "log in first; a second factor is no duty");
            }
            return factors.offer(username);
        });
        return Response.status(Response.Status.CREATED).entity(offer).build();
    }

    @POST
    @Path("/recovery-codes")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.VIEWER)
    @Operation(summary = "New recovery codes instead of all from before, with the password and a code")
    public Codes renewCodes(
            @Nullable Proof body, @Context ContainerRequestContext request, @Context HttpServerRequest connection) {
        return proven(
                body,
                request,
                connection,
                "second_factor.recovery_codes",
                (connected, factor) -> new Codes(factors.renewCodes(connected, factor)));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.VIEWER)
    @Operation(summary = "Switches it on with a first code; answers the recovery codes, once")
    public Codes confirm(
            @Nullable Proof body, @Context ContainerRequestContext request, @Context HttpServerRequest connection) {
        String code = Body.field("code", Body.present(body).code());
        String username = someoneWithPassword(request);
        SecondFactor offered = factors.offered(username);
        return recognition.attempt(
                username,
                ClientAddress.of(connection, proxies),
                () -> audit.record(
                        Caller.of(request),
                        new AuditLog.Entry("second_factor.enable", username, null, Map.of("kind", "totp")),
                        connected -> new Codes(factors.confirm(connected, offered, code)
                                .orElseThrow(() -> wrongCode("is not what the app shows now; is its clock right?")))));
    }

    @POST
    @Path("/disable")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.VIEWER)
    @Operation(summary = "Switches it off, with the password and a code")
    public void disable(
            @Nullable Proof body, @Context ContainerRequestContext request, @Context HttpServerRequest connection) {
        if (factors.due(Caller.of(request).role())) {
            throw new ProblemException(ErrorCode.CONFLICT, "nobody may be without a second factor here");
        }
        proven(
                body,
                request,
                connection,
                "second_factor.disable",
                (connected, factor) -> SecondFactorTable.remove(connected, factor.username()));
    }

    /** What is done in the transaction that uses the code up. */
    @FunctionalInterface
    private interface Change<T> {
        T apply(Connection connection, SecondFactor factor) throws SQLException;
    }

    private <T> T proven(
            @Nullable Proof body,
            ContainerRequestContext request,
            HttpServerRequest connection,
            String action,
            Change<T> change) {
        Proof proof = Body.present(body);
        String password = Body.field("password", proof.password());
        String code = Body.field("code", proof.code());
        String username = someoneWithPassword(request);
        SecondFactor factor = factors.of(username)
                .orElseThrow(() -> new ProblemException(ErrorCode.CONFLICT, "there is no second factor"));
        return recognition.attempt(username, ClientAddress.of(connection, proxies), () -> {
            recognition.byPassword(username, password, wrong("password", "is not yours"));
            return audit.record(
                    Caller.of(request),
                    new AuditLog.Entry(action, username, Map.of("kind", "totp"), null),
                    connected -> {
                        if (!factors.use(connected, factor, code)) {
                            throw wrongCode("is wrong, or was used before");
                        }
                        return change.apply(connected, factor);
                    });
        });
    }

    /** The one-time link logs in nobody who has a password, and a token is nobody's. */
    private String someoneWithPassword(ContainerRequestContext request) {
        Principal caller = Caller.of(request);
        logins.own(caller);
        return user(caller)
                .map(Users.User::username)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.CONFLICT, "only who logs in with a name and a password has a second factor"));
    }

    private Optional<Users.User> user(Principal caller) {
        return users.find(caller.name()).filter(user -> user.role() == caller.role() && user.external() == null);
    }

    private static Recognition.WrongException wrongCode(String why) {
        return new Recognition.WrongException("code", wrong("code", why));
    }

    private static ProblemException wrong(String field, String why) {
        return ProblemException.field(field, ErrorCode.BAD_PARAMETER, why);
    }
}
