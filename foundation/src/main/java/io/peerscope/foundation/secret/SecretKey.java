package io.peerscope.foundation.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of AES-256 and the name by which what it sealed says so: the beginning of a hash, so that nobody has to name keys
 * and no two are mistaken for one another.
 */
record SecretKey(String id, SecretKeySpec aes) {
    static final int BYTES = 32;
    private static final int ID_BYTES = 4;
    private static final String DOMAIN = "peerscope key id\n";

    static SecretKey of(byte[] bytes) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(DOMAIN.getBytes(StandardCharsets.US_ASCII));
            return new SecretKey(
                    HexFormat.of().formatHex(sha.digest(bytes), 0, ID_BYTES), new SecretKeySpec(bytes, "AES"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SecretKey[" + id + "]";
    }
}
