package io.peerscope.notify.deliver;

import io.peerscope.contracts.notify.OutboxMessage;
import java.time.Instant;

/** One way out. Blocks its virtual thread; returns within its own time limit and never throws for what the other side does. */
public interface Sender {
    Delivery send(OutboxMessage message, Instant now) throws InterruptedException;
}
