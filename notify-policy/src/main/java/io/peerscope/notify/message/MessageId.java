package io.peerscope.notify.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids of messages: the same channel and cause give the same id, so whatever is repeated can be recognised. */
public final class MessageId {
    private static final int BYTES = 12;

    private MessageId() {}

    /** @param cause id of the alert event, or of the moment something became due */
    public static String of(String channelId, String cause) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((channelId + '\n' + cause).getBytes(StandardCharsets.UTF_8));
            return "msg_" + HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
