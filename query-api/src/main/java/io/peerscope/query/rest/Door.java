package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Credential;
import io.peerscope.contracts.security.Role;
import io.peerscope.foundation.log.AccessLog;
import io.peerscope.foundation.security.Principal;
import io.peerscope.query.access.CredentialBook;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Lets in who may: by bearer token, or by the session cookie if the request cannot have been made by a foreign page. */
@Singleton
final class Door {
    private static final Logger LOG = Logger.getLogger(Door.class);
    private static final String BEARER = "bearer ";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** Filters are made before the application has its configuration, so what needs it comes later. */
    private final Provider<CredentialBook> credentials;

    private final Provider<IdleSessions> idle;
    private final CurrentVertxRequest current;

    Door(Provider<CredentialBook> credentials, Provider<IdleSessions> idle, CurrentVertxRequest current) {
        this.credentials = credentials;
        this.idle = idle;
        this.current = current;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    void admit(ContainerRequestContext request, ResourceInfo resource) {
        if (resource.getResourceMethod().isAnnotationPresent(Open.class)) {
            sameSite(request);
            return;
        }
        Principal caller = authenticate(request)
                .orElseThrow(() -> credentials.get().stillReading()
                        ? ProblemException.later(
                                ErrorCode.KAFKA_UNAVAILABLE, "credentials are still being read", Duration.ofSeconds(1))
                        : new ProblemException(ErrorCode.UNAUTHENTICATED, "send a valid token or log in"));
        AccessLog.who(current.getCurrent(), caller.name());
        Needs needs = resource.getResourceMethod().getAnnotation(Needs.class);
        if (needs == null) {
            LOG.errorf("%s says neither who may use it nor that all may", resource.getResourceMethod());
            throw new ProblemException(ErrorCode.FORBIDDEN, "nobody may do this");
        }
        if (!caller.may(needs.value()) && !(needs.orSender() && writes(caller))) {
            LOG.infof(
                    "%s %s refused to %s (%s)",
                    request.getMethod(), request.getUriInfo().getPath(), caller.name(), caller.role());
            throw new ProblemException(
                    ErrorCode.FORBIDDEN, "this needs the role " + needs.value().word());
        }
        Caller.set(request, caller);
    }

    private static boolean writes(Principal caller) {
        return caller.may(Role.HOST) || caller.may(Role.FLEET);
    }

    private Optional<Principal> authenticate(ContainerRequestContext request) {
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                    ? credentials
                            .get()
                            .authenticate(
                                    authorization.substring(BEARER.length()).strip(), Credential.Use.TOKEN)
                    : Optional.empty();
        }
        Cookie cookie = request.getCookies().get(SessionCookie.name(request));
        if (cookie == null) {
            return Optional.empty();
        }
        Optional<Principal> session = credentials.get().authenticate(cookie.getValue(), Credential.Use.SESSION);
        if (session.isPresent() && !SAFE.contains(request.getMethod())) {
            sameSite(request);
            unforgeable(request);
        }
        return session.filter(caller -> idle.get().use(caller.credentialId()));
    }

    /** A page of another site cannot hide where it is from. */
    private static void sameSite(ContainerRequestContext request) {
        if (SAFE.contains(request.getMethod())) {
            return;
        }
        String origin = request.getHeaderString("Origin");
        boolean foreign = origin != null
                && !isAt(origin, request.getHeaderString(HttpHeaders.HOST))
                && !isAt(origin, request.getHeaderString("X-Forwarded-Host"));
        if (foreign || "cross-site".equals(request.getHeaderString("Sec-Fetch-Site"))) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "this request comes from a page of another site");
        }
    }

    /** A foreign page can make the browser send a cookie, but not these. */
    private static void unforgeable(ContainerRequestContext request) {
        boolean json = request.getMediaType() != null
                && request.getMediaType().getSubtype().equals("json")
                && request.getHeaderString("Origin") != null;
        if (request.getHeaderString("X-Requested-With") == null && !json) {
            throw new ProblemException(
                    ErrorCode.FORBIDDEN, "changes made with a session cookie need the header X-Requested-With");
        }
    }

    private static boolean isAt(String origin, @Nullable String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
