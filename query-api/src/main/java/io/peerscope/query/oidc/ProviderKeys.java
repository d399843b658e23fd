package io.peerscope.query.oidc;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The provider's keys. They are read again when they are old, and at once for a token of a key that is not among them, for
 * providers change their keys; but not for each such token.
 */
final class ProviderKeys implements JWKSource<SecurityContext> {
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Source source;
    private final InstantSource clock;
    private volatile @Nullable Read read;

    /** Reads the document anew. */
    @FunctionalInterface
    interface Source {
        String read() throws OidcRefusedException;
    }

    private record Read(JWKSet keys, Instant at) {
        /** Nor is it fresh where it was read ahead of now: the clock was set back, and nobody knows how old it is. */
        boolean isWithin(Duration age, Instant now) {
            return !at.isAfter(now) && !at.plus(age).isBefore(now);
        }
    }

    ProviderKeys(Source source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        Instant now = clock.instant();
        Read known = read;
        if (known == null || !known.isWithin(FRESH, now)) {
            known = readAgain(now);
        }
        List<JWK> found = selector.select(known.keys());
        if (found.isEmpty() && !known.isWithin(PAUSE, now)) {
            found = selector.select(readAgain(now).keys());
        }
        return found;
    }

    private Read readAgain(Instant now) throws KeySourceException {
        try {
            Read fresh = new Read(JWKSet.parse(source.read()), now);
            read = fresh;
            return fresh;
        } catch (OidcRefusedException | ParseException e) {
            throw new RemoteKeySourceException(e.getMessage(), e);
        }
    }
}
