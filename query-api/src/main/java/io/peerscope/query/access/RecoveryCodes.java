package io.peerscope.query.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Base32;

/** Codes to write down, each of which stands in once for a device that is lost: {@code k3hq2a-xv5m7c-ob4dze-wq6ytn}. */
public final class RecoveryCodes {
    private static final int COUNT = 10;
    /** 120 bits: too many to guess, so that a plain hash of them is enough. */
    private static final int BYTES = 15;

    private static final int GROUP = 6;

    private RecoveryCodes() {}

    public static List<String> make(SecureRandom random) {
        return Stream.generate(() -> one(random)).limit(COUNT).toList();
    }

    /** SHA-256; dashes, blanks and case make no difference. */
    public static byte[] hash(String code) {
        String bare = code.replaceAll("[^0-9A-Za-z]", "").toLowerCase(Locale.ROOT);
        try {
            return MessageDigest.getInstance("SHA-256").digest(bare.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String one(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String text = new Base32().encodeToString(bytes).toLowerCase(Locale.ROOT);
        return String.join(
                "-",
                IntStream.range(0, text.length() / GROUP)
                        .mapToObj(i -> text.substring(i * GROUP, (i + 1) * GROUP))
                        .toList());
    }
}
