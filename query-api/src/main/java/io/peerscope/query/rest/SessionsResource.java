package io.peerscope.query.rest;

import io.peerscope.contracts.security.Role;
import io.peerscope.foundation.security.Principal;
import io.peerscope.query.store.LoginSessions.LoginSession;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** One's own open sessions. Whoever ends one ends its live connections within seconds, too. */
@Path("/api/v1/sessions")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class SessionsResource {
    private final Logins logins;

    public SessionsResource(Logins logins) {
        this.logins = logins;
    }

    /**
     * An open session.
     *
     * @param address and browser are empty where a release before did not write them down
     * @param lastUsedAt the last request; a live connection alone is no use, but an open page asks now and then
     * @param current whether it is the one that asks
     */
    public record SessionView(
            String id,
            Instant startedAt,
            Instant lastUsedAt,
            @Nullable Instant expiresAt,
            String address,
            String browser,
            boolean current) {
        static SessionView of(LoginSession session, String asking) {
            return new SessionView(
                    session.id(),
                    session.startedAt(),
                    session.lastUsedAt(),
                    session.expiresAt(),
                    session.address(),
                    session.browser(),
                    session.id().equals(asking));
        }
    }

    /** How many sessions were ended. */
    public record Ended(int ended) {}

    @GET
    @Needs(Role.VIEWER)
    @Operation(summary = "One's own open sessions, the one that was used last first")
    public Map<String, Object> list(@Context ContainerRequestContext request) {
        Principal caller = Caller.of(request);
        String own = logins.own(caller).id();
        return Listing.all(
                "sessions",
                logins.of(caller.name(), caller.role()).stream()
                        .map(session -> SessionView.of(session, own))
                        .toList());
    }

    @DELETE
    @Needs(Role.VIEWER)
    @Operation(summary = "Ends all of one's own sessions but this one")
    public Ended endOthers(@Context ContainerRequestContext request) {
        Principal caller = Caller.of(request);
        String own = logins.own(caller).id();
        return new Ended(logins.end(
                caller, caller.name(), caller.role(), session -> !session.id().equals(own)));
    }

    @DELETE
    @Path("/{id}")
    @Needs(Role.VIEWER)
    @Operation(summary = "Ends one of one's own sessions")
    public void end(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Principal caller = Caller.of(request);
        logins.own(caller);
        if (logins.end(caller, caller.name(), caller.role(), session -> session.id()
                        .equals(id))
                == 0) {
            throw ProblemException.notFound("session of yours", id);
        }
    }
}
