package io.peerscope.notify.message;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.notify.Contributor;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import java.util.List;
import java.util.stream.Collectors;

/** The text of a message as a mail that looks decent everywhere; everything in it is escaped. */
public final class AlertHtml {
    private AlertHtml() {}

    public static String of(OutboxMessage message, Links links) {
        return """
                <!doctype html><html><body style="margin:0;background:#f4f5f7;padding:16px">
                <div style="max-width:640px;margin:auto;background:#fff;border-top:4px solid %s;border-radius:6px;\
                padding:16px 20px;font:14px/1.5 system-ui,sans-serif;color:#1b1f24">
                <h2 style="font-size:18px;margin:0 0 12px">%s</h2>
                %s%s
                <p style="color:#656d76;font-size:12px;margin:16px 0 0">Sent by Peerscope to channel %s</p>
                </div></body></html>
                """.formatted(
                Tone.of(message).hex(),
                escape(AlertText.headline(message)),
                content(message),
                links.of(message).map(link -> button(link, "Open in Peerscope")).orElse("")
                        + links.toAcknowledge(message)
                                .map(link -> button(link, "Acknowledge"))
                                .orElse(""),
                escape(AlertText.clean(message.channel().id())));
    }

    private static String content(OutboxMessage message) {
        if (message.type() == MessageType.TEST) {
            return "<p>" + escape(AlertText.test(message)) + "</p>";
        }
        return message.alerts().stream()
                .map(alert -> alert(alert, message.contributors()))
                .collect(Collectors.joining());
    }

    private static String alert(Alert alert, List<Contributor> contributors) {
        String facts = Fact.of(alert, contributors).stream()
                .map(fact -> """
                        <tr><td style="color:#656d76;padding:2px 16px 2px 0;vertical-align:top">%s</td>\
                        <td style="padding:2px 0">%s</td></tr>
                        """.formatted(escape(fact.name()), escape(fact.value())))
                .collect(Collectors.joining());
        return """
                <p style="font-weight:600;margin:12px 0 4px">%s</p>
                <table style="border-collapse:collapse;font-size:14px">
                %s</table>
                """.formatted(escape(AlertText.clean(alert.summary())), facts);
    }

    private static String button(String link, String words) {
        return """
                <p style="margin:16px 0 0"><a href="%s" style="display:inline-block;background:#0969da;color:#fff;\
                padding:8px 16px;border-radius:6px;text-decoration:none">%s</a></p>
                """.formatted(escape(link), words);
    }

    static String escape(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
