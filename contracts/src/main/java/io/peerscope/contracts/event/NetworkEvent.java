package io.peerscope.contracts.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on a host; value of {@code network.events}, keyed by host. A host that sends it again writes it
 * again, under the same id: readers count an id once.
 *
 * @param id made of host, type, the host's own timestamp, peer, from and to
 * @param timestamp corrected event time
 * @param receivedAt when ingest received it: the only clock that is trusted
 * @param peer whom it concerns beside the host; null where nobody
 * @param from what was before, as {@link EventType} says; null where that is unknown
 * @param to what is now; null where the type has no such thing
 * @param detail an object; empty where there is no more to say
 */
public record NetworkEvent(
        String id,
        String host,
        EventType type,
        Instant timestamp,
        Instant receivedAt,
        @Nullable String peer,
        @Nullable String from,
        @Nullable String to,
        JsonNode detail) {
    private static final int ID_BYTES = 16;

    /** @param hostTime the timestamp as the host sent it, epoch milliseconds: corrections may change, this does not */
    public static String id(
            String host,
            EventType type,
            long hostTime,
            @Nullable String peer,
            @Nullable String from,
            @Nullable String to) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (@Nullable
            String part : new @Nullable String[] {host, type.word(), Long.toString(hostTime), peer, from, to}) {
                digest.update((part == null ? "" : part).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0); // no part holds a NUL, so parts cannot run into one another
            }
            return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
