package io.peerscope.query.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.topic.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where messages go. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class ChannelsApiTest extends RunningApi {
    @Test
    void aFallbackIsAnotherChannelThatExistsAndStays() {
        assertRefused(
                "\"type\":\"webhook\",\"url\":\"https://192.0.2.1/hook\",\"fallback\":\"nobody\"",
                "bad_parameter",
                "fallback");
        String last = hook("");
        String middle = hook(",\"fallback\":\"" + last + "\"");
        String first = hook(",\"fallback\":\"" + middle + "\"");
        for (String end : List.of(first, middle, last)) {
            Api.Answer circle = api.send(
                    "PUT",
                    "/api/v1/channels/" + last,
                    "{\"type\":\"webhook\",\"fallback\":\"%s\"}".formatted(end),
                    as(admin));
            assertWrong(circle, "bad_parameter", "fallback");
        }

        Api.Answer kept = api.send("DELETE", "/api/v1/channels/" + middle, null, as(admin));
        assertThat(kept.status()).isEqualTo(409);
        assertThat(kept.code()).isEqualTo("conflict");
        assertThat(kept.text()).contains("fallback of " + first);
        for (String id : List.of(first, middle, last)) {
            assertThat(api.send("DELETE", "/api/v1/channels/" + id, null, as(admin))
                            .status())
                    .isEqualTo(204);
        }
    }

    @Test
    void thereAreNoMoreThanTwoHundredAndNoneIsOfAnySize() {
        String one = hook("");
        Channel made =
                Json.decode(api.get("/api/v1/channels/" + one, as(admin)).text().getBytes(UTF_8), Channel.class);
        List<String> many = IntStream.range(0, 200).mapToObj(i -> "many-" + i).toList();
        many.forEach(id -> writer.broadcast(Topic.NOTIFICATIONS_CHANNELS, id, Json.encode(made)));
        await().until(() ->
                api.get("/api/v1/channels", as(admin)).json().path("total").asInt() > 200);
        Api.Answer refused = api.send(
                "POST",
                "/api/v1/channels",
                "{\"id\":\"x\",\"type\":\"webhook\",\"url\":\"https://192.0.2.1/\"}",
                as(admin));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("there are 200 channels; remove some first");
        many.forEach(id -> writer.broadcast(Topic.NOTIFICATIONS_CHANNELS, id, null));
        await().until(() ->
                api.get("/api/v1/channels", as(admin)).json().path("total").asInt() < 200);
        api.send("DELETE", "/api/v1/channels/" + one, null, as(admin));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recipients;\"type\":\"email\",\"recipients\":[\"a@b.c\"%s];,\"a@b.c\"",
                "matchers;\"type\":\"email\",\"recipients\":[\"a@b.c\"],\"matchers\":{\"a\":\"b\"%s};,\"a%d\":\"b\"",
                "group_by;\"type\":\"email\",\"recipients\":[\"a@b.c\"],\"group_by\":[\"a\"%s];,\"b\"",
                "group_by;\"type\":\"email\",\"recipients\":[\"a@b.c\"],\"group_by\":[\"a%s\"];bbbbbbbb",
                "url;\"type\":\"webhook\",\"url\":\"https://192.0.2.1/%s\";long/long/long/long/long/long/long/long/",
                "secret;\"type\":\"slack\",\"url\":\"https://hooks.slack.com/x\",\"secret\":\"%s\";secret",
                "account;\"type\":\"sms\",\"recipients\":[\"+4915100000001\"],\"account\":\"%s\";acct"
            })
    void whatIsTooMuchIsNamed(String sample) {
        String[] parts = sample.split(";", 3);
        String more = IntStream.range(0, 60).mapToObj(parts[2]::formatted).collect(Collectors.joining());
        assertRefused(parts[1].formatted(more), "bad_parameter", parts[0]);
    }

    @Test
    void turnsQuietHoursAndActionsAreReadBackAsTheyWereWritten() {
        String id = "act-" + UUID.randomUUID();
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        Api.Answer made = api.send("POST", "/api/v1/channels", """
                {"id":"%s","type":"action","url":"https://192.0.2.1/hook","secret":"%s","repeat_seconds":3600,
                 "group_by":["rule_id"],"group_wait_seconds":30,"escalate_after_seconds":600,
                 "quiet_hours":[{"time_zone":"Europe/Berlin","weekdays":["saturday"],"from":"22:00","to":"07:00"}],
                 "action":{"name":"failover","min_network_health":60}}""".formatted(id, secret), as(admin));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        JsonNode channel = made.json();
        assertThat(channel.path("action").path("dry_run").asBoolean())
                .as("dry run by default")
                .isTrue();
        assertThat(channel.path("action").path("min_network_health").asInt()).isEqualTo(60);
        assertThat(channel.path("min_severity").asText()).isEqualTo("critical");
        assertThat(channel.path("send_resolved").asBoolean()).isFalse();
        assertThat(channel.path("repeat_seconds").asInt()).isEqualTo(3600);
        assertThat(channel.path("escalate_after_seconds").asInt()).isEqualTo(600);
        assertThat(channel.at("/quiet_hours/0/weekdays/0").asText()).isEqualTo("saturday");
        assertThat(channel.at("/quiet_hours/0/from").asText()).isEqualTo("22:00");
        Api.Answer again = api.send("PUT", "/api/v1/channels/" + id, made.text(), as(admin));
        assertThat(again.json()).as("what was read can be sent back").isEqualTo(channel);
        api.send("DELETE", "/api/v1/channels/" + id, null, as(admin));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"type\":\"action\",\"secret\":null; secret",
                "\"type\":\"action\",\"action\":{\"name\":\"Rm -rf\"}; action.name",
                "\"type\":\"pager\"; type",
                "\"type\":\"email\",\"recipients\":[\"a@b>\"]; recipients",
                "\"type\":\"webhook\",\"repeat_seconds\":5; repeat_seconds",
                "\"type\":\"webhook\",\"recipients\":[\"a@b.c\"]; recipients",
                "\"type\":\"webhook\",\"action\":{\"name\":\"failover\"}; action",
                "\"type\":\"webhook\",\"fallback\":\"wrong\"; fallback",
                "\"type\":\"webhook\",\"quiet_hours\":[{\"from\":\"25:00\",\"to\":\"07:00\"}]; quiet_hours[0].from",
                "\"type\":\"webhook\",\"quiet_hours\":[{\"from\":\"22:00\",\"to\":\"07:00\",\"weekdays\":[\"someday\"]}];"
                        + " quiet_hours[0].weekdays"
            })
    void whatIsWrongIsNamed(String fields, String field) {
        Api.Answer refused = api.send(
                "POST",
                "/api/v1/channels",
                "{\"id\":\"wrong\",\"url\":\"https://192.0.2.1/hook\",%s}".formatted(fields),
                as(admin));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errors"))
                .extracting(error -> error.path("field").asText())
                .contains(field);
    }

    @Test
    void textMessagesAreForWhatIsCritical() {
        String id = "pager-" + UUID.randomUUID();
        Api.Answer created = api.send(
                "POST",
                "/api/v1/channels",
                "{\"id\":\"%s\",\"type\":\"sms\",\"recipients\":[\"+4915100000001\"]}".formatted(id),
                as(admin));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("min_severity").asText()).isEqualTo("critical");
        api.send("DELETE", "/api/v1/channels/" + id, null, as(admin));
    }

    @Test
    void addressesThatTheSenderUnderstandsAreAccepted() {
        for (String url :
                List.of("HTTPS://192.0.2.1/hook", "https://bücher.invalid/hook", "https://my_host.invalid:8443/hook")) {
            String id = "hook-" + UUID.randomUUID();
            Api.Answer created = api.send(
                    "POST",
                    "/api/v1/channels",
                    "{\"id\":\"%s\",\"type\":\"webhook\",\"url\":\"%s\"}".formatted(id, url),
                    as(admin));
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            api.send("DELETE", "/api/v1/channels/" + id, null, as(admin));
        }
        for (String url : List.of(
                "http://[::ffff:10.0.0.1]/",
                "http://198.18.0.1/",
                "ftp://example.org/",
                "http://192.0.2.1/hook",
                "http://hook.invalid/",
                "https://192.0.2.1:22/")) {
            assertRefused("\"type\":\"webhook\",\"url\":\"" + url + "\"", "bad_parameter", "url");
        }
        assertRefused("\"type\":\"discord\",\"url\":\"https://discord.com.evil.invalid/x\"", "bad_parameter", "url");
    }

    @Test
    void fieldsAreNamedWhereTheyAreWrong() {
        assertRefused("\"type\":\"email\",\"recipients\":[\"a@b.c\"],\"urls\":1", "unknown_field", "urls");
        assertRefused(
                "\"type\":\"email\",\"recipients\":[\"a@b.c\"],\"matchers\":{\"shard\":7}",
                "bad_parameter",
                "matchers.shard");
        assertRefused(
                "\"type\":\"email\",\"recipients\":[\"a@b.c\"],\"matchers\":{\"a b\":\"c\"}",
                "bad_parameter",
                "matchers.a b");
        assertRefused("\"type\":\"email\",\"recipients\":[7]", "bad_parameter", "recipients");
    }

    private void assertRefused(String fields, String code, String field) {
        assertWrong(api.send("POST", "/api/v1/channels", "{\"id\":\"x\"," + fields + "}", as(admin)), code, field);
    }
}
