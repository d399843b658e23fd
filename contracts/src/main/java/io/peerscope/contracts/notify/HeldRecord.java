package io.peerscope.contracts.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a channel was not sent at once, and why; value of {@code notifications.held}, keyed by the alert's id.
 *
 * @param eventId of the transition in {@code alerts.events}
 * @param reason one word, such as cooldown, inhibited, quiet_hours
 * @param cause the incident, or the alert of a host, that the channel is told of instead; null where the reason is another
 */
public record HeldRecord(
        String eventId,
        String alertId,
        String channelId,
        String reason,
        Instant at,
        @Nullable String cause) {}
