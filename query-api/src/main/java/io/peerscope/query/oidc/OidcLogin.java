package io.peerscope.query.oidc;

import io.peerscope.query.oidc.OidcRefusedException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One way to the provider and back. What was begun in a browser ends there, once, and soon. */
public final class OidcLogin implements AutoCloseable {
    /** How long somebody may take at the provider. */
    public static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String HOME = "/p2p/monitoring";
    /** A page of ours, and nothing that a browser could take for another host. */
    private static final Pattern PAGE = Pattern.compile(HOME + "([/?][!-\\[\\]-~]{0,1000})?");

    private static final int SECRET_BYTES = 32;

    private final OidcConfig config;
    private final Provider provider;
    private final Attempts attempts;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public OidcLogin(OidcConfig config, Attempts attempts, InstantSource clock) {
        this.config = config;
        this.provider = new Provider(config, clock);
        this.attempts = attempts;
        this.clock = clock;
    }

    /**
     * A login on its way.
     *
     * @param state hash of what the provider hands back
     * @param browser hash of what the browser keeps
     * @param nonce what the token must say
     * @param verifier what only who began it can show for the code
     */
    public record Attempt(
            byte[] state, byte[] browser, String nonce, String verifier, String returnTo, Instant expiresAt) {
        /** Without what must not reach a log. */
        @Override
        public String toString() {
            return "Attempt[" + expiresAt + "]";
        }
    }

    /** Where logins on their way are kept. */
    public interface Attempts {
        void add(Attempt attempt, Instant now);

        /** Each only once; null where there is none, or no more. */
        @Nullable
        Attempt take(byte[] state, Instant now);
    }

    /**
     * @param browser to be kept in a cookie until the end
     */
    public record Begun(URI location, String browser) {
        /** Without what must not reach a log. */
        @Override
        public String toString() {
            return "Begun[" + location.getHost() + "]";
        }
    }

    /** What the provider sent the browser back with. */
    public record Callback(
            @Nullable String state,
            @Nullable String code,
            @Nullable String error,
            @Nullable String issuer) {
        /** Without what must not reach a log. */
        @Override
        public String toString() {
            return "Callback[" + error + "]";
        }
    }

    /** Who came, and where he wanted to go. */
    public record Arrived(Identity identity, String returnTo) {}

    public String label() {
        return config.label();
    }

    /** @param wish where to go afterwards; home, where it is no page of ours */
    public Begun begin(@Nullable String wish) throws OidcRefusedException {
        String state = secret();
        String browser = secret();
        String nonce = secret();
        String verifier = secret();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", config.clientId());
        parameters.put("redirect_uri", config.redirectUrl().toString());
        parameters.put("scope", String.join(" ", config.scopes()));
        parameters.put("state", state);
        parameters.put("nonce", nonce);
        parameters.put("code_challenge", base64(hash(verifier)));
        parameters.put("code_challenge_method", "S256");
        URI location = provider.authorization(parameters);
        Instant now = clock.instant();
        attempts.add(new Attempt(hash(state), hash(browser), nonce, verifier, page(wish), now.plus(PATIENCE)), now);
        return new Begun(location, browser);
    }

    /** @param browser what the browser kept */
    public Arrived finish(Callback callback, @Nullable String browser) throws OidcRefusedException {
        Instant now = clock.instant();
        Attempt attempt = callback.state() == null ? null : attempts.take(hash(callback.state()), now);
        if (attempt == null) {
            throw new OidcRefusedException(Reason.EXPIRED, "no such login is on its way");
        }
        if (browser == null || !MessageDigest.isEqual(attempt.browser(), hash(browser))) {
            throw new OidcRefusedException(Reason.OTHER_BROWSER, "the login was begun in another browser");
        }
        if (callback.issuer() != null && !callback.issuer().equals(config.issuer())) {
            throw new OidcRefusedException(Reason.UNTRUSTED, "the answer is from another provider");
        }
        if (callback.error() != null || callback.code() == null) {
            throw new OidcRefusedException(
                    Reason.PROVIDER_REFUSED, "the provider says " + oneLine(String.valueOf(callback.error())));
        }
        String token = provider.redeem(callback.code(), attempt.verifier());
        return new Arrived(
                Claims.identity(
                        IdTokens.verify(token, provider.keys(), config, attempt.nonce(), clock.instant()), config),
                attempt.returnTo());
    }

    static String page(@Nullable String wish) {
        return wish != null && PAGE.matcher(wish).matches() ? wish : HOME;
    }

    private static String oneLine(String text) {
        return text.substring(0, Math.min(100, text.length())).replaceAll("[^ -~]", "?");
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return base64(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        provider.close();
    }
}
