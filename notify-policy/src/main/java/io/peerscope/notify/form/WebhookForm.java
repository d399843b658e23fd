package io.peerscope.notify.form;

import io.peerscope.contracts.notify.OutboxMessage;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON signed by Standard Webhooks, once for each of the channel's secrets: two while one replaces the other. */
public final class WebhookForm implements Form {
    @Override
    public Letter write(OutboxMessage message, Instant now) {
        byte[] body = WebhookBody.of(message);
        Map<String, String> headers = new HashMap<>();
        headers.put("webhook-id", message.id());
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        String secrets = message.channel().secret();
        if (secrets != null && !secrets.isBlank()) {
            headers.put(
                    "webhook-signature",
                    Arrays.stream(secrets.strip().split(" +"))
                            .map(secret -> WebhookSignature.of(secret, message.id(), now, body))
                            .collect(Collectors.joining(" ")));
        }
        return new Letter(Form.url(message.channel()), Letter.JSON, headers, body);
    }
}
