package io.peerscope.notify.deliver;

import io.peerscope.contracts.notify.DeliveryRecord;
import java.util.Optional;

/** Where attempts are written down, durably, before a message counts as dealt with. */
public interface DeliveryLog {
    void write(DeliveryRecord attempt) throws InterruptedException;

    /** Whether this message was sent or given up before, by whichever instance. */
    boolean dealtWith(String deliveryId);

    /** Whether a message on this alert arrived at this channel, or at its fallback. */
    boolean heard(String channelId, String alertId);

    /** The last attempt after which nothing more is sent to where it went; empty where something got through since. */
    Optional<DeliveryRecord> closed(String channelId);

    /** The channel that was told of this alert instead of that one, and is owed its end. */
    Optional<String> toldInstead(String channelId, String alertId);
}
