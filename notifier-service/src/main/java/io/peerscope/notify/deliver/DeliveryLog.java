package io.peerscope.notify.deliver;

import io.peerscope.contracts.notify.DeliveryRecord;

/** Where attempts are written down, durably, before a message counts as dealt with. */
public interface DeliveryLog {
    void write(DeliveryRecord attempt) throws InterruptedException;

    /** Whether this message was sent or given up before, by whichever instance. */
    boolean dealtWith(String deliveryId);
}
