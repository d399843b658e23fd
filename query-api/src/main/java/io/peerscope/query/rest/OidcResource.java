package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.query.access.LoginPace;
import io.peerscope.query.access.TrustedProxies;
import io.peerscope.query.oidc.OidcLogin;
import io.peerscope.query.oidc.OidcRefusedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Logging in by an OpenID provider (docs/login.md). What comes of it is a session as any other. */
@Path("/api/v1/session/oidc")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class OidcResource {
    private static final Logger LOG = Logger.getLogger(OidcResource.class);

    private final ExternalLogins logins;
    private final TrustedProxies proxies;
    private final LoginPace pace;

    public OidcResource(ExternalLogins logins, TrustedProxies proxies, LoginPace pace) {
        this.pace = pace;
        this.logins = logins;
        this.proxies = proxies;
    }

    /** @param label what follows "Sign in with"; null where there is no provider */
    public record Offered(boolean enabled, @Nullable String label) {}

    /** @param next the page to show afterwards */
    public record Wish(@Nullable String next) {}

    /** @param location of the provider, for this browser */
    public record Way(URI location) {}

    @GET
    @Open
    @Operation(summary = "Whether one can log in by a provider")
    public Offered offered() {
        return new Offered(
                logins.provider().isPresent(),
                logins.provider().map(OidcLogin::label).orElse(null));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Open
    @Operation(summary = "Begins a login by the provider: where the browser has to go")
    public Response begin(
            @Nullable Wish body, @Context ContainerRequestContext request, @Context HttpServerRequest connection) {
        Wish wish = Body.present(body);
        pace.begin(ClientAddress.of(connection, proxies)).ifPresent(wait -> {
            throw ProblemException.later(ErrorCode.QUOTA_EXCEEDED, "too many logins begin at your address", wait);
        });
        try {
            OidcLogin.Begun begun = provider().begin(wish.next());
            return Response.ok(new Way(begun.location()))
                    .cookie(SessionCookie.ofAttempt(request, begun.browser(), OidcLogin.PATIENCE))
                    .build();
        } catch (OidcRefusedException e) {
            LOG.warnf("login by the provider: %s", e.getMessage());
            throw new ProblemException(
                    ErrorCode.LOGIN_PROVIDER_UNAVAILABLE, "the provider cannot be reached; a password does still");
        }
    }

    @GET
    @Path("/callback")
    @Open
    @AnyParameters
    @Operation(summary = "Where the provider sends the browser back to; on to the page that was wanted, or to /login")
    public Response callback(
            @QueryParam("state") @Nullable String state,
            @QueryParam("code") @Nullable String code,
            @QueryParam("error") @Nullable String error,
            @QueryParam("iss") @Nullable String issuer,
            @Context ContainerRequestContext request,
            @Context HttpServerRequest connection) {
        Cookie kept = request.getCookies().get(SessionCookie.attemptName(request));
        NewCookie noMore = SessionCookie.ofAttempt(request, "", Duration.ZERO);
        Logins.From from = new Logins.From(
                ClientAddress.of(connection, proxies),
                Optional.ofNullable(request.getHeaderString("User-Agent")).orElse(""));
        try {
            OidcLogin.Arrived arrived = provider()
                    .finish(new OidcLogin.Callback(state, code, error, issuer), kept == null ? null : kept.getValue());
            Logins.Begun begun = logins.begin(arrived.identity(), from);
            return seeOther(arrived.returnTo())
                    .cookie(
                            noMore,
                            SessionCookie.of(request, begun.issued().secret().text(), begun.validFor()))
                    .build();
        } catch (OidcRefusedException e) {
            LOG.warnf("login by the provider: %s: %s", e.reason().word(), e.getMessage());
            e.who().ifPresent(who -> logins.refuse(who, e.reason(), from));
            return seeOther("/login#oidc=" + e.reason().word()).cookie(noMore).build();
        }
    }

    /** As it is, for the framework would make it absolute by the Host header. */
    private static Response.ResponseBuilder seeOther(String page) {
        return Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, page);
    }

    private OidcLogin provider() {
        return logins.provider().orElseThrow(() -> ProblemException.notFound("login by a provider", "oidc"));
    }
}
