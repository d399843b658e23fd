package io.peerscope.notify.deliver;

import java.time.Duration;

/** The right to deliver a message. It ends when another instance takes over, or when this one stops. */
public interface Claim {
    /** Waits while nobody knows, because Kafka does not answer. */
    boolean held() throws InterruptedException;

    /** Waits so long, or until the claim is lost. */
    void rest(Duration time) throws InterruptedException;
}
