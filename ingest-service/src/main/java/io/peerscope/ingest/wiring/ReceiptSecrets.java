package io.peerscope.ingest.wiring;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/** What nobody can guess, 22 characters that may stand in a URL. */
final class ReceiptSecrets implements Supplier<String> {
    private static final int BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Base64.Encoder text = Base64.getUrlEncoder().withoutPadding();

    @Override
    public String get() {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return text.encodeToString(secret);
    }
}
