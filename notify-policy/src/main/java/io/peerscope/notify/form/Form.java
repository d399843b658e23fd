package io.peerscope.notify.form;

import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.OutboxMessage;
import java.time.Instant;
import java.util.Optional;

/** What a message looks like to one kind of receiver that speaks HTTP. Pure; names every alert of the message. */
@FunctionalInterface
public interface Form {
    /**
     * The same body on every attempt.
     *
     * @param now of this attempt
     * @throws IllegalArgumentException where the channel lacks what is needed; the message says what, without secrets
     */
    Letter write(OutboxMessage message, Instant now);

    /** The channel's address. */
    static String url(Channel channel) {
        return Optional.ofNullable(channel.target().url())
                .orElseThrow(() -> new IllegalArgumentException("the channel has no http(s) address"));
    }
}
