package io.peerscope.agent.probe;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Echoes as 64 bytes, big-endian: magic {@code PSE1}, kind (1 question, 2 answer), 3 zeros, session, sequence, 24 zeros,
 * and the first 16 bytes of the HMAC-SHA-256 of all that, or 16 zeros where there is no secret. Questions and answers are
 * of one size, so that answering strangers amplifies nothing. Not thread-safe.
 */
final class EchoCodec {
    static final int SIZE = 64;
    private static final int MAGIC = 0x5053_4531;
    private static final int SIGNED = 48;
    private static final int SIGNATURE = SIZE - SIGNED;

    private final @Nullable Mac mac;

    /** @param secret shared by all who probe one another; empty for none */
    EchoCodec(byte[] secret) {
        this.mac = secret.length == 0 ? null : mac(secret);
    }

    private static Mac mac(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    byte[] encode(Echo echo) {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE);
        bytes.putInt(MAGIC)
                .put(echo.kind().code())
                .position(8)
                .putLong(echo.session())
                .putLong(echo.sequence());
        bytes.put(SIGNED, signature(bytes.array()));
        return bytes.array();
    }

    /** @return empty for whatever is not one of ours, to the last bit */
    Optional<Echo> decode(byte[] datagram, int length) {
        ByteBuffer bytes = ByteBuffer.wrap(datagram);
        if (length != SIZE || bytes.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        return Arrays.stream(Echo.Kind.values())
                .filter(kind -> kind.code() == bytes.get(4))
                .map(kind -> new Echo(kind, bytes.getLong(8), bytes.getLong(16)))
                .filter(echo -> MessageDigest.isEqual(encode(echo), Arrays.copyOf(datagram, SIZE)))
                .findFirst();
    }

    private byte[] signature(byte[] bytes) {
        if (mac == null) {
            return new byte[SIGNATURE];
        }
        mac.update(bytes, 0, SIGNED);
        return Arrays.copyOf(mac.doFinal(), SIGNATURE);
    }
}
