package io.peerscope.query.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.peerscope.query.oidc.OidcRefusedException.Reason;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether an ID token is from the provider, for us, for this login, and of now (OpenID Connect Core, 3.1.3.7). */
final class IdTokens {
    /** Signed with a key that only the provider has. Never {@code none}, nor HMAC, whose key we would have, too. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final Duration SKEW = Duration.ofMinutes(1);
    /** A token is made when it is asked for. */
    private static final Duration OLDEST = Duration.ofMinutes(10);

    private IdTokens() {}

    static JWTClaimsSet verify(
            String token, JWKSource<SecurityContext> keys, OidcConfig config, String nonce, Instant now)
            throws OidcRefusedException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(new ForThisLogin(config, nonce, now));
        try {
            return processor.process(token, null);
        } catch (KeySourceException e) {
            throw new OidcRefusedException(Reason.PROVIDER_AWAY, "no keys: " + e.getMessage(), e);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new OidcRefusedException(Reason.UNTRUSTED, "ID token: " + e.getMessage(), e);
        }
    }

    private static final class ForThisLogin extends DefaultJWTClaimsVerifier<SecurityContext> {
        private final OidcConfig config;
        private final Instant now;

        ForThisLogin(OidcConfig config, String nonce, Instant now) {
            super(
                    config.clientId(),
                    new JWTClaimsSet.Builder()
                            .issuer(config.issuer())
                            .claim("nonce", nonce)
                            .build(),
                    Set.of("sub", "iat", "exp", "nonce"));
            setMaxClockSkew(Math.toIntExact(SKEW.toSeconds()));
            this.config = config;
            this.now = now;
        }

        @Override
        protected Date currentTime() {
            return Date.from(now);
        }

        @Override
        public void verify(JWTClaimsSet claims, @Nullable SecurityContext context) throws BadJWTException {
            super.verify(claims, context);
            Instant issued = claims.getIssueTime().toInstant();
            if (issued.isAfter(now.plus(SKEW)) || issued.isBefore(now.minus(OLDEST))) {
                throw new BadJWTException("was made at " + issued);
            }
            @Nullable Object party = claims.getClaim("azp");
            if ((claims.getAudience().size() > 1 || party != null)
                    && !config.clientId().equals(party)) {
                throw new BadJWTException("was made for " + party);
            }
            if (claims.getSubject().isBlank()) {
                throw new BadJWTException("says nothing of whom it is about");
            }
        }
    }
}
