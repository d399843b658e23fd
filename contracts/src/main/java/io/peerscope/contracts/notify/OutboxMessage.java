package io.peerscope.contracts.notify;

import io.peerscope.contracts.alert.Alert;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that policy let pass; value of {@code notifications.outbox}, keyed by channel id so that one channel's
 * messages keep their order.
 *
 * @param id stable over every attempt and replay; the {@code webhook-id}
 * @param channel as it was when the message was made
 * @param insteadOf the channel that could not be told, where this one is its fallback
 * @param contributors who had the largest part in it when the message was made, largest first; none where it names
 *     several alerts, or where nobody knows
 */
public record OutboxMessage(
        String id,
        Channel channel,
        MessageType type,
        Instant createdAt,
        List<Alert> alerts,
        @Nullable String insteadOf,
        List<Contributor> contributors) {

    /** Messages written before there were contributors lack them. */
    public OutboxMessage {
        contributors = contributors == null ? List.of() : List.copyOf(contributors);
    }

    /** A message of the channel's own. */
    public OutboxMessage(String id, Channel channel, MessageType type, Instant createdAt, List<Alert> alerts) {
        this(id, channel, type, createdAt, alerts, null, List.of());
    }

    /** To the channel as it is now. */
    public OutboxMessage to(Channel current) {
        return new OutboxMessage(id, current, type, createdAt, alerts, insteadOf, contributors);
    }

    /** The same, with those who have the largest part in it. */
    public OutboxMessage with(List<Contributor> largest) {
        return new OutboxMessage(id, channel, type, createdAt, alerts, insteadOf, largest);
    }
}
