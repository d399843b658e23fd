package io.peerscope.query.access;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/**
 * Codes of authenticator apps (RFC 6238): six digits of HMAC-SHA-1, another each 30 s, which is what every app knows.
 * Secrets are base32 without padding. Thread-safe.
 */
public final class Totp {
    private static final String ISSUER = "Peerscope";
    private static final int STEP_SECONDS = 30;
    /** As long as the hash, as RFC 4226 asks for. */
    private static final int SECRET_BYTES = 20;
    /** A phone's clock may be off, and typing takes its time. */
    private static final int STEPS_OFF = 1;

    private final HmacOneTimePasswordGenerator generator = new HmacOneTimePasswordGenerator(6);

    public static String newSecret(SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new Base32().encodeToString(secret).replace("=", "");
    }

    /** What apps read from a QR code. */
    public static String uri(String username, String secret) {
        return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=%d"
                .formatted(ISSUER, escaped(username), secret, ISSUER, STEP_SECONDS);
    }

    /** The step since 1970 whose code it is, of those about now; empty where it is none of them. */
    public OptionalLong step(String secret, String code, Instant now) {
        byte[] given = code.getBytes(StandardCharsets.UTF_8);
        long current = Math.floorDiv(now.getEpochSecond(), (long) STEP_SECONDS);
        for (long step = current - STEPS_OFF; step <= current + STEPS_OFF; step++) {
            if (MessageDigest.isEqual(code(secret, step).getBytes(StandardCharsets.UTF_8), given)) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    String code(String secret, long step) {
        try {
            SecretKeySpec key = new SecretKeySpec(new Base32().decode(secret), "HmacSHA1");
            return generator.generateOneTimePasswordString(key, step, Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("any bytes are a key of HMAC", e);
        }
    }

    private static String escaped(String username) {
        return URLEncoder.encode(username, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
