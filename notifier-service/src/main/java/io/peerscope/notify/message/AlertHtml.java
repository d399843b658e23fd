package io.peerscope.notify.message;

import io.peerscope.contracts.notify.OutboxMessage;

/** The text of a message as a mail that looks decent everywhere; everything in it is escaped. */
public final class AlertHtml {
    private AlertHtml() {}

    public static String of(OutboxMessage message) {
        return """
                <!doctype html><html><body style="font-family:system-ui,sans-serif;color:#1b1f24">
                <h2 style="font-size:18px">%s</h2>
                <pre style="font:14px/1.5 ui-monospace,monospace;background:#f4f5f7;padding:12px;border-radius:6px">%s</pre>
                <p style="color:#656d76;font-size:12px">Sent by Peerscope to channel %s</p>
                </body></html>
                """.formatted(
                        escape(AlertText.headline(message)),
                        escape(AlertText.body(message)),
                        escape(message.channel().id()));
    }

    static String escape(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
