package io.peerscope.notify.form;

import io.peerscope.contracts.notify.OutboxMessage;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** JSON signed by Standard Webhooks, once for each of the channel's secrets: two while one replaces the other. */
public final class WebhookForm implements Form {
    private final Function<OutboxMessage, byte[]> body;

    private WebhookForm(Function<OutboxMessage, byte[]> body) {
        this.body = body;
    }

    public static WebhookForm ofAlerts() {
        return new WebhookForm(WebhookBody::of);
    }

    public static WebhookForm ofActions() {
        return new WebhookForm(ActionBody::of);
    }

    @Override
    public Letter write(OutboxMessage message, Instant now) {
        byte[] written = body.apply(message);
        Map<String, String> headers = new HashMap<>();
        headers.put("webhook-id", message.id());
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        String secrets = message.channel().target().secret();
        if (secrets != null && !secrets.isBlank()) {
            headers.put(
                    "webhook-signature",
                    Arrays.stream(secrets.strip().split(" +"))
                            .map(secret -> WebhookSignature.of(secret, message.id(), now, written))
                            .collect(Collectors.joining(" ")));
        }
        return new Letter(Form.url(message.channel()), Letter.JSON, headers, written);
    }
}
