package io.peerscope.query.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;

/** The cookie of the dashboard: out of reach of scripts, and with TLS bound to this very host. */
final class SessionCookie {
    private SessionCookie() {}

    static String name(ContainerRequestContext request) {
        return secure(request) ? "__Host-sid" : "sid";
    }

    static NewCookie of(ContainerRequestContext request, String value, Duration validFor) {
        return new NewCookie.Builder(name(request))
                .value(value)
                .path("/")
                .httpOnly(true)
                .secure(secure(request))
                .sameSite(NewCookie.SameSite.STRICT)
                .maxAge(Math.toIntExact(validFor.toSeconds()))
                .build();
    }

    /** The cookie that binds a login on its way to the provider to this browser; it has to come along on the way back. */
    static NewCookie ofAttempt(ContainerRequestContext request, String value, Duration validFor) {
        return new NewCookie.Builder(attemptName(request))
                .value(value)
                .path("/")
                .httpOnly(true)
                .secure(secure(request))
                .sameSite(NewCookie.SameSite.LAX)
                .maxAge(Math.toIntExact(validFor.toSeconds()))
                .build();
    }

    static String attemptName(ContainerRequestContext request) {
        return secure(request) ? "__Host-login" : "login";
    }

    /** TLS may end at a proxy. Who says so without one has a cookie that his browser does not send, and nothing else. */
    private static boolean secure(ContainerRequestContext request) {
        return "https".equals(request.getUriInfo().getRequestUri().getScheme())
                || "https".equals(request.getHeaderString("X-Forwarded-Proto"));
    }
}
