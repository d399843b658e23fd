package io.peerscope.notify.deliver;

import io.peerscope.contracts.notify.OutboxMessage;

/** Where messages go whose own channel cannot be told: durably, before the failure is written down. */
@FunctionalInterface
public interface Fallbacks {
    void tell(OutboxMessage message) throws InterruptedException;
}
