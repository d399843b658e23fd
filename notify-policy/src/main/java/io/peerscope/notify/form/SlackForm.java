package io.peerscope.notify.form;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.message.AlertText;
import io.peerscope.notify.message.Fact;
import io.peerscope.notify.message.Links;
import java.time.Instant;
import java.util.List;

/**
 * Blocks of Slack's incoming webhooks. What comes from strangers stands in {@code plain_text} only, which knows neither
 * mentions nor links. 50 blocks of 3000 characters hold a digest's 500 lines.
 */
public final class SlackForm implements Form {
    private static final int HEADER_LIMIT = 150;
    private static final int SECTION_LIMIT = 3000;
    private static final int FIELD_LIMIT = 2000;

    private final Links links;

    public SlackForm(Links links) {
        this.links = links;
    }

    @Override
    public Letter write(OutboxMessage message, Instant now) {
        String headline = AlertText.headline(message);
        ObjectNode payload = Json.mapper().createObjectNode();
        payload.put("text", escape(headline));
        payload.put("mrkdwn", false);
        payload.put("unfurl_links", false);
        ArrayNode blocks = payload.putArray("blocks");
        plain(blocks.addObject().put("type", "header").putObject("text"), AlertText.cut(headline, HEADER_LIMIT));
        List<Alert> alerts = message.alerts();
        if (message.type() == MessageType.TEST) {
            section(blocks, AlertText.test(message));
        } else if (alerts.size() == 1) {
            one(blocks, message);
        } else {
            lines(blocks, alerts);
        }
        links.of(message).ifPresent(link -> link(blocks, link, "Open in Peerscope"));
        links.toAcknowledge(message).ifPresent(link -> link(blocks, link, "Acknowledge"));
        return Letter.json(Form.url(message.channel()), Json.encode(payload));
    }

    private static void link(ArrayNode blocks, String link, String words) {
        blocks.addObject()
                .put("type", "section")
                .putObject("text")
                .put("type", "mrkdwn")
                .put("text", "<" + escape(link) + "|" + words + ">");
    }

    private static void one(ArrayNode blocks, OutboxMessage message) {
        String summary = AlertText.clean(message.alerts().getFirst().summary());
        if (!summary.isEmpty()) {
            section(blocks, summary);
        }
        ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
        Fact.of(message)
                .forEach(fact ->
                        plain(fields.addObject(), AlertText.cut(fact.name() + "\n" + fact.value(), FIELD_LIMIT)));
    }

    private static void lines(ArrayNode blocks, List<Alert> alerts) {
        StringBuilder text = new StringBuilder();
        for (Alert alert : alerts) {
            String line = AlertText.line(alert);
            if (text.length() + line.length() + 1 > SECTION_LIMIT) {
                section(blocks, text.toString());
                text.setLength(0);
            }
            text.append(text.isEmpty() ? "" : "\n").append(line);
        }
        section(blocks, text.toString());
    }

    private static void section(ArrayNode blocks, String text) {
        plain(blocks.addObject().put("type", "section").putObject("text"), text);
    }

    private static void plain(ObjectNode text, String content) {
        text.put("type", "plain_text").put("text", content).put("emoji", false);
    }

    /** The three characters that begin something in Slack's markup. */
    static String escape(String raw) {
        return raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
