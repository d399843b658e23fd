package io.peerscope.notify.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Contributor;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import java.time.Instant;
import java.util.List;

/** Body of a webhook (api.md §4). The same bytes on every attempt, because they are signed. */
public record WebhookBody(MessageType type, Instant timestamp, Data data) {

    /**
     * What it is about.
     *
     * @param alerts a digest names every alert it stands for
     * @param contributors who has the largest part in the only alert; left out where nobody is known
     */
    public record Data(
            List<Alert> alerts,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Contributor> contributors) {}

    public static byte[] of(OutboxMessage message) {
        return Json.encode(new WebhookBody(
                message.type(), message.createdAt(), new Data(message.alerts(), message.contributors())));
    }
}
