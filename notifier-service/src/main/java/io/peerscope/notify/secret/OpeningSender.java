package io.peerscope.notify.secret;

import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.foundation.secret.ChannelSecrets;
import io.peerscope.foundation.secret.UnreadableSecretException;
import io.peerscope.foundation.trace.Span;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.deliver.Sender;
import java.time.Instant;

/**
 * Opens what is sealed of a channel for the moment of sending, and for no longer. Where it cannot be opened the message
 * waits: whoever forgot a key will bring it, and the alert is still to be told.
 */
public final class OpeningSender implements Sender {
    private final Sender sender;
    private final ChannelSecrets secrets;

    public OpeningSender(Sender sender, ChannelSecrets secrets) {
        this.sender = sender;
        this.secrets = secrets;
    }

    @Override
    public Delivery send(OutboxMessage message, Instant now) throws InterruptedException {
        return send(message, now, Span.NONE);
    }

    @Override
    public Delivery send(OutboxMessage message, Instant now, Span attempt) throws InterruptedException {
        try {
            return sender.send(message.to(secrets.open(message.channel())), now, attempt);
        } catch (UnreadableSecretException e) {
            return Delivery.retry(Cause.NOT_CONFIGURED, String.valueOf(e.getMessage()));
        }
    }
}
