package io.peerscope.query.rest;

import io.peerscope.foundation.security.Principal;
import jakarta.ws.rs.container.ContainerRequestContext;

/** Who is asking. */
final class Caller {
    private static final String PROPERTY = "io.peerscope.caller";

    private Caller() {}

    static void set(ContainerRequestContext request, Principal principal) {
        request.setProperty(PROPERTY, principal);
    }

    /** Only where the address needs a role, so that the door has let somebody in. */
    static Principal of(ContainerRequestContext request) {
        if (request.getProperty(PROPERTY) instanceof Principal principal) {
            return principal;
        }
        throw new IllegalStateException("nobody was let in");
    }
}
