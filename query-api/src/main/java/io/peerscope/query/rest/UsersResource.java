package io.peerscope.query.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Credential;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.access.CredentialBook;
import io.peerscope.query.access.Passwords;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.SecondFactorTable;
import io.peerscope.query.store.Users;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** People. Whoever is changed or removed is logged out everywhere. */
@Path("/api/v1/users")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class UsersResource {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    private final Users users;
    private final Passwords passwords;
    private final CredentialBook credentials;
    private final AuditLog audit;
    private final SecondFactors secondFactors;
    private final QueryClock clock;

    public UsersResource(
            Users users,
            Passwords passwords,
            CredentialBook credentials,
            AuditLog audit,
            SecondFactors secondFactors,
            QueryClock clock) {
        this.users = users;
        this.passwords = passwords;
        this.credentials = credentials;
        this.audit = audit;
        this.secondFactors = secondFactors;
        this.clock = clock;
    }

    /**
     * A user as shown.
     *
     * @param login {@code password}, or {@code oidc}: by the provider, who then also says the role
     */
    public record UserView(
            String username, Role role, String login, boolean disabled, Instant createdAt, Instant changedAt) {
        static UserView of(Users.User user) {
            return new UserView(
                    user.username(),
                    user.role(),
                    user.external() == null ? "password" : "oidc",
                    user.disabled(),
                    user.createdAt(),
                    user.changedAt());
        }
    }

    /** A user to be made. */
    public record NewUser(
            @Nullable String username,
            @Nullable String password,
            @Nullable String role) {
        /** Without what must not reach a log. */
        @Override
        public String toString() {
            return "NewUser[" + username + "]";
        }
    }

    /** What is to change; what is left out stays. */
    public record UserChange(
            @Nullable String role,
            @Nullable Boolean disabled,
            @Nullable String password) {
        /** Without what must not reach a log. */
        @Override
        public String toString() {
            return "UserChange[" + role + "]";
        }
    }

    /** A user in the list. */
    public record ListedUser(@JsonUnwrapped UserView user, boolean secondFactor) {}

    @GET
    @Needs(Role.ADMIN)
    @Operation(summary = "All users")
    public Map<String, Object> list(
            @QueryParam("page") @Nullable String page, @QueryParam("page_size") @Nullable String pageSize) {
        Set<String> having = secondFactors.having();
        List<ListedUser> all = users.all().stream()
                .map(user -> new ListedUser(UserView.of(user), having.contains(user.username())))
                .toList();
        return Listing.held("users", all, page, pageSize);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.ADMIN)
    @Operation(summary = "A new user")
    public Response create(@Nullable NewUser body, @Context ContainerRequestContext request) {
        NewUser wanted = Body.present(body);
        String username = Body.field("username", wanted.username());
        String password = Body.field("password", wanted.password());
        Role role = role(Body.field("role", wanted.role()));
        if (!NAME.matcher(username).matches()) {
            throw ProblemException.field(
                    "username", ErrorCode.BAD_NAME, "1 to 64 letters, digits, '.', '_', '@' or '-'");
        }
        acceptable(password, username);
        Instant now = clock.source().instant();
        Users.User user = new Users.User(username, role, passwords.hash(password), false, now, now, null);
        record("user.create", null, user, request, connection -> {
            if (!Users.add(connection, user)) {
                throw new ProblemException(ErrorCode.CONFLICT, "there is a user " + username);
            }
        });
        return Response.created(URI.create("/api/v1/users/" + username))
                .entity(UserView.of(user))
                .build();
    }

    @PATCH
    @Path("/{username}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Needs(Role.ADMIN)
    @Operation(summary = "Changes role or password, disables or enables")
    public UserView change(
            @PathParam("username") String username,
            @Nullable UserChange body,
            @Context ContainerRequestContext request) {
        UserChange wanted = Body.present(body);
        Users.User before = existing(username);
        if (before.external() != null && (wanted.password() != null || wanted.role() != null)) {
            throw new ProblemException(
                    ErrorCode.CONFLICT, "password and role of this user are the provider's business");
        }
        if (wanted.password() != null) {
            acceptable(wanted.password(), username);
        }
        Users.User after = new Users.User(
                username,
                wanted.role() == null ? before.role() : role(wanted.role()),
                wanted.password() == null ? before.passwordHash() : passwords.hash(wanted.password()),
                Optional.ofNullable(wanted.disabled()).orElse(before.disabled()),
                before.createdAt(),
                clock.source().instant(),
                before.external());
        record("user.change", before, after, request, connection -> {
            if (!Users.hold(connection, username).equals(Optional.of(before))) {
                throw new ProblemException(ErrorCode.CONFLICT, "somebody changed this user just now; look again");
            }
            Users.put(connection, after);
            endSessions(username);
        });
        return UserView.of(after);
    }

    @DELETE
    @Path("/{username}")
    @Needs(Role.ADMIN)
    @Operation(summary = "Removes a user")
    public void delete(@PathParam("username") String username, @Context ContainerRequestContext request) {
        Users.User before = existing(username);
        audit.record(
                Caller.of(request),
                new AuditLog.Entry("user.delete", username, UserView.of(before), null),
                connection -> {
                    Users.delete(connection, username);
                    endSessions(username);
                    return username;
                });
    }

    @DELETE
    @Path("/{username}/second-factor")
    @Needs(Role.ADMIN)
    @Operation(summary = "Switches the second factor of a user off who has lost his device, and ends his sessions")
    public void resetSecondFactor(@PathParam("username") String username, @Context ContainerRequestContext request) {
        existing(username);
        audit.record(
                Caller.of(request),
                new AuditLog.Entry("second_factor.reset", username, Map.of("kind", "totp"), null),
                connection -> {
                    if (!SecondFactorTable.remove(connection, username)) {
                        throw ProblemException.notFound("second factor of", username);
                    }
                    endSessions(username);
                    return username;
                });
    }

    private void record(
            String action,
            Users.@Nullable User before,
            Users.User after,
            ContainerRequestContext request,
            Logins.Condition change) {
        AuditLog.Entry entry = new AuditLog.Entry(
                action, after.username(), before == null ? null : UserView.of(before), UserView.of(after));
        audit.record(Caller.of(request), entry, connection -> {
            change.apply(connection);
            return after;
        });
    }

    /** Once his row is held, so that no login of his is on its way, and before the change holds. */
    private void endSessions(String username) {
        credentials.revokeAll(credential ->
                credential.use() == Credential.Use.SESSION && credential.name().equals(username));
    }

    private Users.User existing(String username) {
        return users.find(username).orElseThrow(() -> ProblemException.notFound("user", username));
    }

    private static void acceptable(String password, String username) {
        Passwords.fault(password, username).ifPresent(why -> {
            throw ProblemException.field("password", ErrorCode.BAD_PARAMETER, why);
        });
    }

    private static Role role(String word) {
        return switch (word) {
            case "viewer" -> Role.VIEWER;
            case "operator" -> Role.OPERATOR;
            case "admin" -> Role.ADMIN;
            default -> throw Query.wrong("role", "viewer, operator or admin");
        };
    }
}
