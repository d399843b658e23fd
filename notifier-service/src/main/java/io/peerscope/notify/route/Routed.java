package io.peerscope.notify.route;

import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.notify.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code notifications.routed}, keyed by channel id.
 *
 * @param channel as it was when the event was routed; null: the channel was removed
 * @param event null: only the channel changed
 */
public record Routed(@Nullable Channel channel, @Nullable AlertEvent event) {}
