package io.peerscope.query.oidc;

import io.peerscope.contracts.security.Role;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How people log in by a provider.
 *
 * @param issuer as it stands in the provider's tokens
 * @param clientSecret null: the client is a public one, and PKCE alone has to do
 * @param redirectUrl where the provider sends browsers back to; ends with {@code /api/v1/session/oidc/callback}
 * @param roleClaims claims that say what somebody may do; dots lead into objects: {@code realm_access.roles}
 * @param roles by a value of these claims
 * @param others the role of whom the claims say nothing about; empty: they stay outside
 * @param label what the button says after "Sign in with"
 */
public record OidcConfig(
        String issuer,
        String clientId,
        @Nullable String clientSecret,
        URI redirectUrl,
        List<String> scopes,
        String usernameClaim,
        List<String> roleClaims,
        Map<String, Role> roles,
        Optional<Role> others,
        String label) {

    /** @throws IllegalArgumentException saying what is wrong */
    public OidcConfig {
        secure("issuer", URI.create(issuer));
        secure("redirect-url", redirectUrl);
        if (!scopes.contains("openid")) {
            throw new IllegalArgumentException("scopes must contain openid");
        }
        scopes = List.copyOf(scopes);
        roleClaims = List.copyOf(roleClaims);
        roles = Map.copyOf(roles);
    }

    /** Codes and tokens go over TLS only, but for a provider on this very machine. */
    static URI secure(String what, URI address) {
        String host = String.valueOf(address.getHost());
        boolean here = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
        if (!"https".equals(address.getScheme()) && !("http".equals(address.getScheme()) && here)) {
            throw new IllegalArgumentException("%s must be an https address, was %s".formatted(what, address));
        }
        return address;
    }

    @Override
    public String toString() {
        return "OidcConfig[" + issuer + ", " + clientId + "]";
    }
}
