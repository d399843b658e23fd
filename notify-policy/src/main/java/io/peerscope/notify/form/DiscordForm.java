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
import io.peerscope.notify.message.Tone;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An embed of Discord's webhooks. Nobody is mentioned whatever a host calls itself, and its name is no Markdown. What is
 * too long for an embed (4096 characters) goes as a file beside it, so that a digest names every alert.
 */
public final class DiscordForm implements Form {
    private static final int TITLE_LIMIT = 256;
    private static final int DESCRIPTION_LIMIT = 4000;
    private static final int VALUE_LIMIT = 1024;
    private static final Pattern MARKDOWN = Pattern.compile("[\\\\*_~`|>#\\[\\]()<@:-]");

    private final Links links;

    public DiscordForm(Links links) {
        this.links = links;
    }

    @Override
    public Letter write(OutboxMessage message, Instant now) {
        String list = list(message);
        boolean tooLong = list.length() > DESCRIPTION_LIMIT;
        byte[] payload = Json.encode(payload(message, tooLong ? cut(list) : list));
        String url = Form.url(message.channel());
        return tooLong ? withFile(message, url, payload) : Letter.json(url, payload);
    }

    private ObjectNode payload(OutboxMessage message, String description) {
        ObjectNode embed = Json.mapper().createObjectNode();
        embed.put("title", AlertText.cut(escape(AlertText.headline(message)), TITLE_LIMIT));
        embed.put("description", description);
        embed.put("color", Tone.of(message).rgb());
        embed.put("timestamp", message.createdAt().toString());
        embed.putObject("footer").put("text", "Peerscope");
        links.of(message).ifPresent(link -> embed.put("url", link));
        if (message.alerts().size() == 1 && message.type() != MessageType.TEST) {
            ArrayNode fields = embed.putArray("fields");
            Fact.of(message).forEach(fact -> fields.addObject()
                    .put("name", fact.name())
                    .put("value", AlertText.cut(escape(fact.value()), VALUE_LIMIT))
                    .put("inline", true));
            links.toAcknowledge(message).ifPresent(link -> fields.addObject()
                    .put("name", "Seen?")
                    .put("value", "[Acknowledge](" + link + ")")
                    .put("inline", false));
        }
        ObjectNode payload = Json.mapper().createObjectNode();
        payload.putObject("allowed_mentions").putArray("parse");
        payload.putArray("embeds").add(embed);
        return payload;
    }

    private static String list(OutboxMessage message) {
        List<Alert> alerts = message.alerts();
        if (message.type() == MessageType.TEST) {
            return escape(AlertText.test(message));
        }
        if (alerts.size() == 1) {
            return escape(AlertText.clean(alerts.getFirst().summary()));
        }
        return alerts.stream().map(alert -> escape(AlertText.line(alert))).collect(Collectors.joining("\n"));
    }

    /** Whole lines, as many as fit. */
    private static String cut(String list) {
        String note = "\nAll of them are in the file.";
        int end = list.lastIndexOf('\n', DESCRIPTION_LIMIT - note.length());
        return list.substring(0, Math.max(end, 0)) + note;
    }

    /** multipart/form-data as RFC 7578 has it. */
    private static Letter withFile(OutboxMessage message, String url, byte[] payload) {
        String boundary = "peerscope-" + message.id();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        part(body, boundary, "name=\"payload_json\"", Letter.JSON, payload);
        byte[] file = (message.alerts().stream().map(AlertText::line).collect(Collectors.joining("\n")) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        part(body, boundary, "name=\"files[0]\"; filename=\"alerts.txt\"", "text/plain; charset=utf-8", file);
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return new Letter(url, "multipart/form-data; boundary=" + boundary, Map.of(), body.toByteArray());
    }

    private static void part(
            ByteArrayOutputStream body, String boundary, String disposition, String type, byte[] content) {
        body.writeBytes("--%s\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n"
                .formatted(boundary, disposition, type)
                .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    static String escape(String raw) {
        return MARKDOWN.matcher(raw).replaceAll("\\\\$0");
    }
}
