package io.peerscope.notify.form;

import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.message.AlertHtml;
import io.peerscope.notify.message.AlertText;
import io.peerscope.notify.message.Links;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver would read, without sending it and without what is secret: no address, no signature.
 *
 * @param headline the subject of a mail, the title in a chat
 * @param text in words
 * @param html of a mail
 * @param body what is POSTed, for channels that speak HTTP
 */
public record Preview(
        String headline,
        String text,
        @Nullable String html,
        @Nullable String body) {
    public static Preview of(OutboxMessage message, Links links, Instant now) {
        String headline = AlertText.headline(message);
        String text = AlertText.body(message, links);
        return switch (message.channel().type()) {
            case EMAIL -> new Preview(headline, text, AlertHtml.of(message, links), null);
            case SMS -> new Preview(headline, SmsText.of(message), null, null);
            case WEBHOOK -> posted(headline, text, WebhookBody.of(message));
            case DISCORD -> posted(headline, text, new DiscordForm(links), message, now);
            case SLACK -> posted(headline, text, new SlackForm(links), message, now);
            case ALERTMANAGER -> posted(headline, text, new AlertmanagerForm(links), message, now);
            case ACTION -> posted(headline, text, ActionBody.of(message));
        };
    }

    private static Preview posted(String headline, String text, Form form, OutboxMessage message, Instant now) {
        return posted(headline, text, form.write(message, now).body());
    }

    private static Preview posted(String headline, String text, byte[] body) {
        return new Preview(headline, text, null, new String(body, StandardCharsets.UTF_8));
    }
}
