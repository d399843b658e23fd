package io.peerscope.notify.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.house.hostile.CpuTime;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.form.Preview;
import io.peerscope.notify.message.Links;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Every form of a message: written at once whatever names and texts are in it, and none of these is taken for markup. */
enum Target {
    MAIL(ChannelType.EMAIL, Target::mail),
    SLACK(ChannelType.SLACK, (letters, preview) -> slack(json(preview))),
    DISCORD(ChannelType.DISCORD, (letters, preview) -> discord(preview)),
    ALERTMANAGER(ChannelType.ALERTMANAGER, (letters, preview) -> alertmanager(json(preview))),
    SMS(ChannelType.SMS, (letters, preview) -> assertThat(preview.text()).hasSizeLessThanOrEqualTo(1530)),
    WEBHOOK(ChannelType.WEBHOOK, (letters, preview) -> json(preview)),
    ACTION(ChannelType.ACTION, (letters, preview) -> json(preview));

    private static final Instant NOW = Alerts.T0.plusSeconds(5);
    private static final Links LINKS = new Links(Optional.of("https://p.example"));
    private static final String ADDRESS = "href=\"";
    private static final String UNSEEN = "\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";
    private static final List<String> ENTITIES = List.of("&amp;", "&lt;", "&gt;", "&quot;", "&#39;");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private final ChannelType type;
    private final BiConsumer<Letters, Preview> property;

    Target(ChannelType type, BiConsumer<Letters, Preview> property) {
        this.type = type;
        this.property = property;
    }

    /** Fails where a message cannot be written, is more than was meant, or takes more than a second. */
    void take(byte[] input) {
        CpuTime.assertAtMostASecond(() -> written(input));
    }

    private void written(byte[] input) {
        Letters letters = new Letters(input);
        OutboxMessage message = letters.message(type);
        Preview preview = Preview.of(message, LINKS, NOW);
        assertThat(preview.headline()).hasSizeLessThanOrEqualTo(200);
        seen(preview.headline());
        seen(preview.text().replace("\n", ""));
        property.accept(letters, preview);
    }

    private static void mail(Letters letters, Preview preview) {
        String html = Objects.requireNonNull(preview.html());
        String harmless = Objects.requireNonNull(
                Preview.of(letters.harmless(ChannelType.EMAIL), LINKS, NOW).html());
        assertThat(tags(html)).isEqualTo(tags(harmless));
        for (int at = html.indexOf('&'); at >= 0; at = html.indexOf('&', at + 1)) {
            int from = at;
            if (ENTITIES.stream().noneMatch(entity -> html.startsWith(entity, from))) {
                throw new AssertionError("not escaped at %d of %s".formatted(at, html));
            }
        }
        seen(html.replace("\n", ""));
    }

    /** Without addresses, which are as long as an alert's id. Jazzer makes patterns slow. */
    private static List<String> tags(String html) {
        List<String> tags = new ArrayList<>();
        for (int from = html.indexOf('<'); from >= 0; from = html.indexOf('<', from + 1)) {
            int to = html.indexOf('>', from);
            String tag = html.substring(from, to < 0 ? html.length() : to);
            int address = tag.indexOf(ADDRESS);
            int end = address < 0 ? -1 : tag.indexOf('"', address + ADDRESS.length());
            tags.add(end < 0 ? tag : tag.substring(0, address) + tag.substring(end));
        }
        return tags;
    }

    private static void seen(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || UNSEEN.indexOf(c) >= 0) {
                throw new AssertionError("%x at %d of %s".formatted((int) c, i, text));
            }
        }
    }

    /** Limits of Slack, beyond which it refuses a message. */
    private static void slack(JsonNode payload) {
        assertThat(payload.path("text").textValue()).doesNotContain("<", ">");
        assertThat(payload.path("blocks").size()).isBetween(2, 50);
        payload.path("blocks").forEach(block -> {
            JsonNode text = block.path("text");
            boolean header = block.path("type").textValue().equals("header");
            if (text.path("type").asText().equals("mrkdwn")) {
                assertThat(text.path("text").textValue()).matches("<https://p\\.example/[^<>| ]*\\|[A-Za-z ]+>");
            } else if (text.isObject()) {
                assertThat(text.path("type").textValue()).isEqualTo("plain_text");
                assertThat(text.path("text").textValue()).hasSizeBetween(1, header ? 150 : 3000);
            }
            assertThat(block.path("fields").size()).isLessThanOrEqualTo(10);
            block.path("fields").forEach(field -> {
                assertThat(field.path("type").textValue()).isEqualTo("plain_text");
                assertThat(field.path("text").textValue()).hasSizeBetween(1, 2000);
            });
        });
    }

    /** Limits of Discord, likewise. */
    private static void discord(Preview preview) {
        String body = Objects.requireNonNull(preview.body());
        if (body.startsWith("--peerscope-m-1\r\n")) {
            assertThat(("\r\n" + body).split("\r\n--peerscope-m-1", -1))
                    .as("parts")
                    .hasSize(4);
            body = body.substring(body.indexOf("\r\n\r\n") + 4, body.indexOf("\r\n--peerscope-m-1\r\n", 4));
        }
        JsonNode payload = parsed(body);
        assertThat(payload.path("allowed_mentions").path("parse").isEmpty()).isTrue();
        JsonNode embed = payload.path("embeds").path(0);
        int all = embed.path("title").textValue().length()
                + embed.path("description").textValue().length()
                + "Peerscope".length();
        assertThat(embed.path("title").textValue()).hasSizeBetween(1, 256);
        assertThat(embed.path("description").textValue()).hasSizeLessThanOrEqualTo(4096);
        for (JsonNode field : embed.path("fields")) {
            assertThat(field.path("value").textValue()).hasSizeBetween(1, 1024);
            all += field.path("name").textValue().length()
                    + field.path("value").textValue().length();
        }
        assertThat(all).as("characters of an embed").isLessThanOrEqualTo(6000);
    }

    private static void alertmanager(JsonNode alerts) {
        assertThat(alerts.size()).isPositive();
        alerts.forEach(alert -> {
            alert.path("labels").properties().forEach(label -> {
                assertThat(label.getKey()).matches(LABEL);
                assertThat(label.getValue().textValue()).isNotEmpty();
            });
            assertThat(Instant.parse(alert.path("endsAt").textValue()))
                    .isAfterOrEqualTo(Instant.parse(alert.path("startsAt").textValue()));
        });
    }

    private static JsonNode json(Preview preview) {
        return parsed(Objects.requireNonNull(preview.body()));
    }

    private static JsonNode parsed(String body) {
        try {
            return Json.mapper().readTree(body);
        } catch (IOException e) {
            throw new AssertionError("not JSON", e);
        }
    }
}
