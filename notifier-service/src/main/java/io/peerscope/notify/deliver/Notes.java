package io.peerscope.notify.deliver;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.deliver.Delivery.Cause;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is written down of each attempt, and of the end of each message. */
final class Notes {
    private final Sending sending;
    private final InstantSource clock;

    Notes(Sending sending, InstantSource clock) {
        this.sending = sending;
        this.clock = clock;
    }

    DeliveryRecord sent(OutboxMessage message, Delivery.Sent sent, int attempts, Optional<Channel> other) {
        Cause cause = sent.missed().isPresent() ? Cause.RECIPIENTS_REFUSED : null;
        return note(message, Status.SENT, attempts, cause, sent.missed().orElse(null), null, other);
    }

    DeliveryRecord note(
            OutboxMessage message,
            Status status,
            int attempts,
            @Nullable Cause cause,
            @Nullable String detail,
            @Nullable Instant next,
            Optional<Channel> fallback) {
        boolean gone = cause == Cause.GONE;
        return new DeliveryRecord(
                message.id(),
                message.channel().id(),
                message.type(),
                status,
                attempts,
                clock.instant(),
                cause == null ? null : cause.word(),
                detail,
                next,
                message.alerts().stream().map(Alert::id).toList(),
                sending.trouble(message.channel().id()).map(Trouble::count).orElse(gone ? 1 : 0),
                fallback.map(Channel::id).orElse(null),
                gone ? Closed.mark(message.channel()) : null);
    }
}
