package io.peerscope.query.wiring;

import io.peerscope.contracts.security.Role;
import io.peerscope.query.oidc.OidcConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From settings to what the login by a provider goes by; a start with half of it fails. */
final class OidcWiring {
    private OidcWiring() {}

    static Optional<OidcConfig> config(QuerySettings.Oidc settings) {
        return settings.issuer()
                .map(issuer -> new OidcConfig(
                        issuer,
                        settings.clientId().orElseThrow(missing("client-id")),
                        secret(settings),
                        settings.redirectUrl().orElseThrow(missing("redirect-url")),
                        settings.scopes(),
                        settings.usernameClaim(),
                        settings.roleClaims(),
                        roles(settings),
                        others(settings.others()),
                        settings.label()));
    }

    private static @Nullable String secret(QuerySettings.Oidc settings) {
        if (settings.clientSecretFile().isEmpty()) {
            return settings.clientSecret().orElse(null);
        }
        try {
            return Files.readString(settings.clientSecretFile().get()).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("peerscope.query.oidc.client-secret-file cannot be read: " + e, e);
        }
    }

    private static Map<String, Role> roles(QuerySettings.Oidc settings) {
        Map<String, Role> roles = new HashMap<>();
        settings.viewers().orElse(List.of()).forEach(value -> roles.put(value, Role.VIEWER));
        settings.operators().orElse(List.of()).forEach(value -> roles.put(value, Role.OPERATOR));
        settings.admins().orElse(List.of()).forEach(value -> roles.put(value, Role.ADMIN));
        return roles;
    }

    private static Optional<Role> others(String word) {
        return switch (word) {
            case "refuse" -> Optional.empty();
            case "viewer" -> Optional.of(Role.VIEWER);
            case "operator" -> Optional.of(Role.OPERATOR);
            default ->
                throw new IllegalArgumentException(
                        "peerscope.query.oidc.others must be refuse, viewer or operator, was " + word);
        };
    }

    private static Supplier<IllegalArgumentException> missing(String name) {
        return () ->
                new IllegalArgumentException("peerscope.query.oidc." + name + " is needed where there is an issuer");
    }
}
