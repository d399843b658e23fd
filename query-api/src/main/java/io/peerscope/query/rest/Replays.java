package io.peerscope.query.rest;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.query.control.ControlTable;
import io.peerscope.query.store.AlertReader;
import java.util.List;
import java.util.UUID;

/**
 * A message once more, for who mended a channel and wants to know what it missed. It says what its alerts are like now, not
 * what they were like: nobody is called for what is over.
 */
public final class Replays {
    private final KnownAlerts known;
    private final AlertReader history;
    private final ControlTable<Channel> channels;
    private final Outbox outbox;
    private final QueryClock clock;

    public Replays(
            KnownAlerts known, AlertReader history, ControlTable<Channel> channels, Outbox outbox, QueryClock clock) {
        this.known = known;
        this.history = history;
        this.channels = channels;
        this.outbox = outbox;
        this.clock = clock;
    }

    OutboxMessage prepare(String deliveryId) {
        DeliveryRecord delivery =
                history.delivery(deliveryId).orElseThrow(() -> ProblemException.notFound("delivery", deliveryId));
        Channel channel = channels.find(delivery.channelId())
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.CONFLICT,
                        "the channel " + delivery.channelId() + " was removed; nobody would hear it"));
        if (!channel.enabled()) {
            throw new ProblemException(
                    ErrorCode.CONFLICT,
                    "the channel " + channel.id() + " is switched off; what is still on is told when it is on again");
        }
        List<Alert> alerts = delivery.alertIds().stream()
                .flatMap(id -> known.find(id).stream())
                .toList();
        if (alerts.isEmpty()) {
            throw new ProblemException(
                    ErrorCode.CONFLICT,
                    "its alerts are no longer kept; POST /api/v1/channels/{id}/test tries a channel");
        }
        String id = "replay-" + UUID.randomUUID();
        return new OutboxMessage(
                id, channel, type(channel, alerts), clock.source().instant(), alerts);
    }

    private static MessageType type(Channel channel, List<Alert> alerts) {
        if (channel.type() == ChannelType.ACTION) {
            return MessageType.ACTION;
        }
        return alerts.size() == 1 ? MessageType.of(alerts.getFirst().status()) : MessageType.DIGEST;
    }

    /** @return the id under which its delivery will be found */
    String send(OutboxMessage message) {
        return outbox.send(message);
    }
}
