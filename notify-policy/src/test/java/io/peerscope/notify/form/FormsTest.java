package io.peerscope.notify.form;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.Contributor;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.message.Links;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the receivers get, and that no host can make them do more than read it. */
class FormsTest {
    private static final Links LINKS = new Links(Optional.of("https://peers.example.org"));
    private static final Form DISCORD = new DiscordForm(LINKS);
    private static final Form SLACK = new SlackForm(LINKS);
    private static final Form ALERTMANAGER = new AlertmanagerForm(LINKS);

    static List<Form> forms() {
        return List.of(WebhookForm.ofAlerts(), DISCORD, SLACK, ALERTMANAGER);
    }

    @Test
    void discord_shows_what_where_and_how_bad() {
        JsonNode body = json(DISCORD, firing("h1"));

        JsonNode embed = body.path("embeds").path(0);
        assertThat(embed.path("title").asText()).isEqualTo("\\[CRITICAL\\] cpu\\_usage on h1");
        assertThat(embed.path("description").asText()).isEqualTo("h1 is hot");
        assertThat(embed.path("url").asText()).isEqualTo("https://peers.example.org/p2p/monitoring/alerts/a-h1");
        assertThat(embed.path("color").asInt()).isEqualTo(0xD1242F);
        assertThat(embed.path("fields").findValuesAsText("name"))
                .containsExactly("Status", "Where", "Value", "Since", "Rule", "Seen?");
        assertThat(embed.path("fields").findValuesAsText("value")).contains("cpu\\_usage 97 %, limit 90 %");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@everyone", "<@&1234>", "[x](http://evil.example)", "**bold**", "`code`", "||spoiler||"})
    void nobody_is_mentioned_and_nothing_is_markdown_on_discord(String host) {
        JsonNode body = json(DISCORD, firing(host));

        assertThat(body.path("allowed_mentions").path("parse")).isEmpty();
        assertThat(body.path("allowed_mentions").path("parse").isArray()).isTrue();
        String title = body.path("embeds").path(0).path("title").asText();
        assertThat(title).doesNotContain(" " + host);
        assertThat(title.replaceAll("\\\\(.)", "$1")).endsWith(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!channel>", "<http://evil.example|click>", "*bold*", "&lt;!here&gt;"})
    void strangers_speak_plain_text_on_slack(String host) {
        JsonNode body = json(SLACK, firing(host));

        assertThat(body.path("text").asText()).doesNotContain("<");
        for (JsonNode text : body.findParents("text")) {
            if (text.path("type").asText().equals("mrkdwn")) {
                assertThat(text.path("text").asText())
                        .startsWith("<https://peers.example.org/")
                        .doesNotContain(host);
            }
        }
        assertThat(body.path("blocks").path(0).path("text").path("type").asText())
                .isEqualTo("plain_text");
        assertThat(body.path("blocks").path(0).path("text").path("text").asText())
                .endsWith(host);
    }

    @ParameterizedTest
    @EnumSource(ChannelType.class)
    void who_has_the_largest_part_in_it_is_named_and_can_do_no_more_than_be_read(ChannelType type) {
        String hostile = "@everyone<script>\r\nBcc: x@y <!channel> " + "x".repeat(5_000);
        OutboxMessage message = Alerts.message(
                        "m",
                        Alerts.as(type, Alerts.action("ops")),
                        MessageType.FIRING,
                        firing("h1").alerts().getFirst())
                .with(List.of(
                        new Contributor("map", hostile, "player_count", 812),
                        new Contributor("peer", "h2", "latency_ms", 400)));

        Preview preview = Preview.of(message, LINKS, T0);

        assertThat(preview.text()).hasSizeLessThan(1_600);
        String expected = "peer h2, latency_ms 400 ms";
        switch (type) {
            case SMS -> assertThat(preview.text()).as("paid for by the letter").doesNotContain("everyone");
            case EMAIL -> {
                assertThat(preview.text()).contains(expected).contains("map @everyone<script> Bcc: x@y");
                assertThat(preview.html()).contains(expected).doesNotContain("<script>");
            }
            case DISCORD ->
                assertThat(preview.body()).contains("latency\\\\_ms 400 ms").doesNotContain(" @everyone", "<script>");
            case SLACK ->
                assertThat(Json.decode(body(preview), JsonNode.class).findParents("text"))
                        .filteredOn(text -> text.path("text").asText().contains("everyone"))
                        .isNotEmpty()
                        .allMatch(text -> text.path("type").asText().equals("plain_text"));
            case WEBHOOK ->
                assertThat(Json.decode(body(preview), JsonNode.class)
                                .at("/data/contributors/1/name")
                                .asText())
                        .isEqualTo("h2");
            case ALERTMANAGER -> assertThat(preview.body()).contains(expected);
            case ACTION -> assertThat(preview.body()).doesNotContain("everyone");
        }
    }

    private static byte[] body(Preview preview) {
        return String.valueOf(preview.body()).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void a_digest_of_five_hundred_names_every_alert(Form form) {
        OutboxMessage digest = digest(500);

        String sent = new String(form.write(digest, T0).body(), StandardCharsets.UTF_8);

        Set<String> named = Pattern.compile("host-\\d{4}")
                .matcher(sent.replace("\\\\-", "-"))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named)
                .isEqualTo(digest.alerts().stream().map(Alert::host).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void a_long_digest_is_a_file_on_discord_and_a_short_one_is_not() {
        assertThat(DISCORD.write(digest(3), T0).contentType()).isEqualTo("application/json");
        Letter letter = DISCORD.write(digest(500), T0);

        assertThat(letter.contentType()).isEqualTo("multipart/form-data; boundary=peerscope-m");
        String[] parts = new String(letter.body(), StandardCharsets.UTF_8).split("--peerscope-m");
        assertThat(parts).hasSize(4);
        assertThat(parts[1]).contains("name=\"payload_json\"").contains("All of them are in the file.");
        assertThat(parts[2]).contains("filename=\"alerts.txt\"");
        assertThat(parts[3]).isEqualTo("--\r\n");
    }

    @Test
    void slack_stays_within_its_limits() {
        JsonNode body = json(SLACK, digest(500));

        assertThat(body.path("blocks").size()).isLessThanOrEqualTo(50);
        StreamSupport.stream(body.path("blocks").spliterator(), false)
                .map(block -> block.path("text").path("text").asText())
                .forEach(text -> assertThat(text).hasSizeLessThanOrEqualTo(3000));
    }

    @Test
    void alertmanager_gets_an_alert_that_lasts_until_it_is_told_otherwise() {
        Channel channel = Alerts.as(ChannelType.ALERTMANAGER, Alerts.webhook("am"));
        JsonNode firing = json(ALERTMANAGER, firing("h1").to(channel));
        assertThat(firing).hasSize(1);
        assertThat(firing.path(0).path("labels").path("alertname").asText()).isEqualTo("cpu_usage");
        assertThat(firing.path(0).path("labels").path("severity").asText()).isEqualTo("critical");
        assertThat(firing.path(0).path("labels").path("team").asText()).isEqualTo("ops");
        assertThat(firing.path(0).path("endsAt").asText())
                .as("four times the three minutes after which it is told again")
                .isEqualTo("2026-11-21T10:12:00Z");
        assertThat(firing.path(0).path("annotations").path("summary").asText()).isEqualTo("h1 is hot");

        JsonNode resolved = json(
                ALERTMANAGER,
                message(MessageType.RESOLVED, Alerts.alert("h1", CRITICAL, AlertStatus.RESOLVED, T0.plusSeconds(60))));
        assertThat(resolved).hasSize(4);
        assertThat(resolved.findValuesAsText("endsAt")).containsOnly("2026-11-21T10:01:00Z");
    }

    @Test
    void another_severity_ends_the_one_of_before_at_the_alertmanager() {
        JsonNode changed = json(
                ALERTMANAGER,
                message(MessageType.SEVERITY_CHANGED, Alerts.alert("h1", WARNING, AlertStatus.FIRING, null)));

        List<String> open = StreamSupport.stream(changed.spliterator(), false)
                .filter(alert -> alert.path("endsAt").asText().compareTo("2026-11-21T10:05") > 0)
                .map(alert -> alert.path("labels").path("severity").asText())
                .toList();
        assertThat(open).containsExactly("warning");
        assertThat(changed).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://am.example:9093", "http://am.example:9093/", "http://am.example:9093/api/v2/alerts"})
    void the_address_of_an_alertmanager_may_be_whole_or_not(String url) {
        OutboxMessage message = Alerts.message("m", Alerts.at(Alerts.webhook("ops"), url), MessageType.TEST);

        assertThat(ALERTMANAGER.write(message, T0).url()).isEqualTo("http://am.example:9093/api/v2/alerts");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void a_test_says_that_it_is_one(Form form) {
        Alert example = Alerts.alert("example-host", CRITICAL, AlertStatus.FIRING, null);
        String sent =
                new String(form.write(message(MessageType.TEST, example), T0).body(), StandardCharsets.UTF_8);

        assertThat(sent).containsPattern("(?i)test");
        if (!(form instanceof WebhookForm)) {
            assertThat(sent).contains("Nothing is wrong").doesNotContain("example-host");
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void the_body_is_the_same_on_every_attempt(Form form) {
        if (form != ALERTMANAGER) {
            assertThat(form.write(firing("h1"), T0.plusSeconds(60)).body())
                    .isEqualTo(form.write(firing("h1"), T0).body());
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void without_an_address_it_says_so(Form form) {
        OutboxMessage message = Alerts.message("m", Alerts.email("ops", List.of("a@example.org")), MessageType.TEST);

        assertThatThrownBy(() -> form.write(message, T0)).hasMessage("the channel has no http(s) address");
    }

    @Test
    void ten_alerts_fit_into_a_text_message() {
        String text = SmsText.of(digest(10));

        assertThat(text).startsWith("[DIGEST] 10 alerts, 10 still firing\n[CRITICAL] cpu_usage on host-0000");
        assertThat(text).contains("host-0009").hasSizeLessThanOrEqualTo(SmsText.LIMIT);
    }

    @ParameterizedTest
    @EnumSource(ChannelType.class)
    void a_preview_shows_what_goes_out_but_nothing_secret(ChannelType type) {
        Channel channel = Alerts.as(
                type,
                Alerts.to(
                        Alerts.action("ops"),
                        new Channel.Target(
                                "https://chat.example/secret-part",
                                Alerts.webhook("ops").target().secret(),
                                List.of("+491510000000"),
                                null)));
        Preview preview = Preview.of(
                Alerts.message(
                        "m", channel, MessageType.FIRING, firing("h1").alerts().getFirst()),
                LINKS,
                T0);

        assertThat(preview.headline()).isEqualTo("[CRITICAL] cpu_usage on h1");
        assertThat(preview.text()).contains("h1 is hot");
        assertThat(preview.toString()).doesNotContain("secret-part", "whsec_", "+4915");
    }

    private static OutboxMessage firing(String host) {
        return message(MessageType.FIRING, Alerts.alert(host, CRITICAL, AlertStatus.FIRING, null));
    }

    private static OutboxMessage digest(int alerts) {
        return message(
                MessageType.DIGEST,
                IntStream.range(0, alerts)
                        .mapToObj(i -> Alerts.alert("host-%04d".formatted(i), CRITICAL, AlertStatus.FIRING, null))
                        .toArray(Alert[]::new));
    }

    private static OutboxMessage message(MessageType type, Alert... alerts) {
        return Alerts.message("m", Alerts.webhook("ops"), type, alerts);
    }

    private static JsonNode json(Form form, OutboxMessage message) {
        try {
            return Json.mapper().readTree(new String(form.write(message, T0).body(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
