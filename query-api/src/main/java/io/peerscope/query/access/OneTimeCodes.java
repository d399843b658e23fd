package io.peerscope.query.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Codes of the one-time admin link. Each opens one session, until the next start. */
public final class OneTimeCodes {
    private static final int SHORTEST = 16;

    private final List<byte[]> unused = new ArrayList<>();

    public OneTimeCodes(Collection<String> codes) {
        for (String code : codes) {
            if (code.length() < SHORTEST) {
                throw new IllegalArgumentException("a one-time code needs at least " + SHORTEST + " characters");
            }
            unused.add(code.getBytes(StandardCharsets.UTF_8));
        }
    }

    public synchronized boolean use(String code) {
        byte[] given = code.getBytes(StandardCharsets.UTF_8);
        for (byte[] each : unused) {
            if (MessageDigest.isEqual(each, given)) {
                unused.remove(each);
                return true;
            }
        }
        return false;
    }
}
