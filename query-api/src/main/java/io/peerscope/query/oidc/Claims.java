package io.peerscope.query.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import io.peerscope.contracts.security.Role;
import io.peerscope.query.oidc.OidcRefusedException.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the claims of a token that is believed mean here. */
final class Claims {
    private static final int LONGEST_NAME = 64;

    private Claims() {}

    static Identity identity(JWTClaimsSet claims, OidcConfig config) throws OidcRefusedException {
        Role role = role(claims, config)
                .orElseThrow(() -> new OidcRefusedException(
                        Reason.NO_ROLE,
                        "%s: none of %s has a value that a role is given for"
                                .formatted(claims.getSubject(), config.roleClaims()),
                        new OidcRefusedException.Who(config.issuer(), claims.getSubject())));
        return new Identity(config.issuer(), claims.getSubject(), username(claims, config), role);
    }

    private static Optional<Role> role(JWTClaimsSet claims, OidcConfig config) {
        return config.roleClaims().stream()
                .flatMap(claim -> values(claims, claim).stream())
                .map(config.roles()::get)
                .filter(Objects::nonNull)
                .max(Comparator.comparing((Role role) -> rank(role)))
                .or(config::others);
    }

    private static int rank(Role role) {
        return role.covers(Role.ADMIN) ? 2 : role.covers(Role.OPERATOR) ? 1 : 0;
    }

    /** The name that the provider knows him by, without what our names have not. */
    private static String username(JWTClaimsSet claims, OidcConfig config) throws OidcRefusedException {
        String wished =
                values(claims, config.usernameClaim()).stream().findFirst().orElse("");
        String name = wished.replaceAll("[^A-Za-z0-9._@-]", "-").replaceAll("^[._@-]+", "");
        if (name.isEmpty()) {
            throw new OidcRefusedException(
                    Reason.UNTRUSTED,
                    "%s: the claim %s is no name".formatted(claims.getSubject(), config.usernameClaim()));
        }
        return name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }

    /** One or several texts; an address of mail only where the provider has seen to it that it is his. */
    private static List<String> values(JWTClaimsSet claims, String path) {
        if (path.equals("email") && !Boolean.TRUE.equals(claims.getClaim("email_verified"))) {
            return List.of();
        }
        @Nullable Object value = claims.getClaim(path);
        if (value == null) {
            value = claims.getClaims();
            for (String step : path.split("\\.", -1)) {
                value = value instanceof Map<?, ?> object ? object.get(step) : null;
            }
        }
        List<String> texts = new ArrayList<>();
        Collection<?> all =
                value instanceof Collection<?> several ? several : value == null ? List.of() : List.of(value);
        for (Object each : all) {
            if (each instanceof String text) {
                texts.add(text);
            }
        }
        return texts;
    }
}
