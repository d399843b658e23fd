package io.peerscope.contracts.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The text that its owner keeps: {@code ps_<id>_<secret>}, with 256 random bits, in lower-case hex. The id finds the credential, so a
 * look-up never depends on the secret.
 */
public record Secret(String id, String value) {
    private static final String PREFIX = "ps_";
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;

    public static Secret random(SecureRandom random) {
        return new Secret(hex(random, ID_BYTES), hex(random, SECRET_BYTES));
    }

    /** Empty where the text is not of our form. */
    public static Optional<Secret> parse(String text) {
        int idEnd = PREFIX.length() + 2 * ID_BYTES;
        if (text.length() != idEnd + 1 + 2 * SECRET_BYTES || !text.startsWith(PREFIX) || text.charAt(idEnd) != '_') {
            return Optional.empty();
        }
        Secret secret = new Secret(text.substring(PREFIX.length(), idEnd), text.substring(idEnd + 1));
        return isHex(secret.id()) && isHex(secret.value()) ? Optional.of(secret) : Optional.empty();
    }

    public String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Compares in constant time. */
    public boolean opens(Credential credential) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), credential.hash().getBytes(StandardCharsets.US_ASCII));
    }

    /** The whole text, for its owner only. */
    public String text() {
        return PREFIX + id + "_" + value;
    }

    /** Without the secret, because records end up in logs. */
    @Override
    public String toString() {
        return PREFIX + id + "_…";
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static String hex(SecureRandom random, int bytes) {
        byte[] raw = new byte[bytes];
        random.nextBytes(raw);
        return HexFormat.of().formatHex(raw);
    }
}
