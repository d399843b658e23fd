package io.peerscope.notify.form;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import java.time.Instant;
import java.util.List;

/** Body of a webhook (api.md §4). The same bytes on every attempt, because they are signed. */
public record WebhookBody(MessageType type, Instant timestamp, Data data) {

    /** The alerts it is about; a digest names every alert it stands for. */
    public record Data(List<Alert> alerts) {}

    public static byte[] of(OutboxMessage message) {
        return Json.encode(new WebhookBody(message.type(), message.createdAt(), new Data(message.alerts())));
    }
}
