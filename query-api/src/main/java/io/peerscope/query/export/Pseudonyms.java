package io.peerscope.query.export;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Names of hosts and peers as others may see them: the same for the same name and key, and nothing to get back from. */
public final class Pseudonyms {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 8;

    private Pseudonyms() {}

    /** @param key empty: names are shown as they are */
    public static UnaryOperator<String> of(Optional<String> key) {
        return key.filter(text -> !text.isBlank()).map(Pseudonyms::keyed).orElse(UnaryOperator.identity());
    }

    private static UnaryOperator<String> keyed(String key) {
        SecretKeySpec secret = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        return name -> "p-" + HexFormat.of().formatHex(mac(secret, name), 0, BYTES);
    }

    private static byte[] mac(SecretKeySpec secret, String name) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
