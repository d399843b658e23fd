package io.peerscope.query.rest;

import io.peerscope.contracts.security.Role;
import io.peerscope.foundation.security.Principal;
import io.peerscope.query.rest.SessionsResource.Ended;
import io.peerscope.query.rest.SessionsResource.SessionView;
import io.peerscope.query.store.LoginSessions.LoginSession;
import io.peerscope.query.store.Users;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Where anybody is logged in, for admins; also who came by the one-time link and is no user. */
@Path("/api/v1/users/{username}/sessions")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class UserSessionsResource {
    private final Logins logins;
    private final Users users;

    public UserSessionsResource(Logins logins, Users users) {
        this.logins = logins;
        this.users = users;
    }

    @GET
    @Needs(Role.ADMIN)
    @Operation(summary = "The open sessions of a user, the one that was used last first")
    public Map<String, Object> list(@PathParam("username") String username, @Context ContainerRequestContext request) {
        String own = Caller.of(request).credentialId();
        return Listing.all(
                "sessions",
                of(username).stream()
                        .map(session -> SessionView.of(session, own))
                        .toList());
    }

    @DELETE
    @Needs(Role.ADMIN)
    @Operation(summary = "Ends all sessions of a user, but for the one that asks")
    public Ended endAll(@PathParam("username") String username, @Context ContainerRequestContext request) {
        Principal caller = Caller.of(request);
        List<LoginSession> others = of(username).stream()
                .filter(session -> !session.id().equals(caller.credentialId()))
                .toList();
        return new Ended(logins.end(caller, username, others));
    }

    @DELETE
    @Path("/{id}")
    @Needs(Role.ADMIN)
    @Operation(summary = "Ends a session of a user")
    public void end(
            @PathParam("username") String username,
            @PathParam("id") String id,
            @Context ContainerRequestContext request) {
        List<LoginSession> chosen =
                of(username).stream().filter(session -> session.id().equals(id)).toList();
        if (logins.end(Caller.of(request), username, chosen) == 0) {
            throw ProblemException.notFound("session of this user", id);
        }
    }

    private List<LoginSession> of(String username) {
        List<LoginSession> sessions = logins.of(username);
        if (sessions.isEmpty() && users.find(username).isEmpty()) {
            throw ProblemException.notFound("user", username);
        }
        return sessions;
    }
}
