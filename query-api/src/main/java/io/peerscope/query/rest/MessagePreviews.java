package io.peerscope.query.rest;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.form.Preview;
import io.peerscope.notify.message.HostsNow;
import io.peerscope.notify.message.Links;
import io.peerscope.notify.message.TopContributors;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a channel's messages look like. */
public final class MessagePreviews {
    private final KnownAlerts alerts;
    private final HostsNow hosts;
    private final Links links;
    private final QueryClock clock;

    public MessagePreviews(KnownAlerts alerts, HostsNow hosts, Links links, QueryClock clock) {
        this.alerts = alerts;
        this.hosts = hosts;
        this.links = links;
        this.clock = clock;
    }

    /** @param alertId one that exists; null: an alert that never was */
    Preview of(Channel channel, @Nullable String alertId) {
        Instant now = clock.source().instant();
        Alert alert = alertId == null ? TestMessages.sample("example", now) : alerts.existing(alertId);
        MessageType type = channel.type() == ChannelType.ACTION ? MessageType.ACTION : MessageType.of(alert.status());
        OutboxMessage message = new OutboxMessage("preview", channel, type, now, List.of(alert));
        return Preview.of(message.with(TopContributors.of(alert, hosts)), links, now);
    }
}
