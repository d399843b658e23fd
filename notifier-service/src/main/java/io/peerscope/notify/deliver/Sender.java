package io.peerscope.notify.deliver;

import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.foundation.trace.Span;
import java.time.Instant;

/** One way out. Blocks its virtual thread; returns within its own time limit and never throws for what the other side does. */
public interface Sender {
    Delivery send(OutboxMessage message, Instant now) throws InterruptedException;

    /** As {@link #send(OutboxMessage, Instant)}, where the other side can be told in which trace it is asked. */
    default Delivery send(OutboxMessage message, Instant now, Span attempt) throws InterruptedException {
        return send(message, now);
    }
}
