package io.peerscope.notify.deliver;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.deliver.Outages.Outage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Addresses that want to hear nothing ever again, until the channel has another or a test gets through. The delivery log
 * is where that is known, so it outlives the process and holds for all of them.
 */
final class Closed {
    /** Bytes; enough to tell a channel's addresses from one another. */
    private static final int MARK = 8;

    private final DeliveryLog log;

    Closed(DeliveryLog log) {
        this.log = log;
    }

    Optional<Outage> of(Channel channel) {
        return log.closed(channel.id())
                .filter(last -> mark(channel).equals(last.closed()))
                .map(last -> outage(channel, String.valueOf(last.detail())));
    }

    static Outage outage(Channel channel, String detail) {
        Delivery.Retry last = new Delivery.Retry(Optional.empty(), Cause.GONE, detail);
        return new Outage(channel, DeliveryRecord.DEAD_AFTER, last, Instant.MAX);
    }

    /** What is secret in a target stays so: nobody can tell it from this. */
    static String mark(Channel channel) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Json.encode(channel.type()));
            byte[] hash = digest.digest(Json.encode(channel.target()));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, MARK));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
