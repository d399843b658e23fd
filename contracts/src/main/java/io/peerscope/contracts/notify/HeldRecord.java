package io.peerscope.contracts.notify;

import java.time.Instant;

/**
 * What a channel was not sent at once, and why; value of {@code notifications.held}, keyed by the alert's id.
 *
 * @param eventId of the transition in {@code alerts.events}
 * @param reason one word, such as cooldown, inhibited, quiet_hours
 */
public record HeldRecord(String eventId, String alertId, String channelId, String reason, Instant at) {}
