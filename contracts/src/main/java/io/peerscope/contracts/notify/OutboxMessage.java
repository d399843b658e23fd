package io.peerscope.contracts.notify;

import io.peerscope.contracts.alert.Alert;
import java.time.Instant;
import java.util.List;

/**
 * A message that policy let pass; value of {@code notifications.outbox}, keyed by channel id so that one channel's
 * messages keep their order.
 *
 * @param id stable over every attempt and replay; the {@code webhook-id}
 * @param channel as it was when the message was made
 */
public record OutboxMessage(String id, Channel channel, MessageType type, Instant createdAt, List<Alert> alerts) {}
