package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where messages go. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class ChannelsApiTest extends RunningApi {
    @Test
    void channelsKeepTheirSecrets() {
        String id = "hook-" + UUID.randomUUID();
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        String body = "{\"id\":\"%s\",\"type\":\"webhook\",\"url\":\"https://192.0.2.1/hook\",\"secret\":\"%s\"}"
                .formatted(id, secret);
        Api.Answer created = api.send("POST", "/api/v1/channels", body, as(admin));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text()).doesNotContain(secret);
        assertThat(created.json().path("has_secret").asBoolean()).isTrue();
        assertThat(created.json().path("cooldown_seconds").asInt()).isEqualTo(300);

        Api.Answer replaced = api.send(
                "PUT", "/api/v1/channels/" + id, "{\"type\":\"webhook\",\"min_severity\":\"critical\"}", as(admin));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().path("url").asText()).isEqualTo("https://192.0.2.1/hook");
        assertThat(replaced.json().path("has_secret").asBoolean()).isTrue();
        assertThat(api.get("/api/v1/channels/" + id, as(viewer))
                        .json()
                        .path("url")
                        .isNull())
                .isTrue();

        Api.Answer loopback = api.send(
                "POST",
                "/api/v1/channels",
                "{\"id\":\"x\",\"type\":\"webhook\",\"url\":\"http://127.0.0.1:9/\"}",
                as(admin));
        assertThat(loopback.status()).isEqualTo(400);
        assertThat(loopback.json().path("errors").get(0).path("field").asText()).isEqualTo("url");
        Api.Answer nobody = api.send("POST", "/api/v1/channels", "{\"id\":\"x\",\"type\":\"email\"}", as(admin));
        assertThat(nobody.json().path("errors").get(0).path("field").asText()).isEqualTo("recipients");

        Api.Answer tested = api.send("POST", "/api/v1/channels/" + id + "/test", null, as(admin));
        assertThat(tested.status()).isEqualTo(202);
        assertThat(tested.json().path("delivery_id").asText()).startsWith("test-");
        assertThat(api.send("DELETE", "/api/v1/channels/" + id, null, as(admin)).status())
                .isEqualTo(204);
        assertThat(api.get("/api/v1/audit?object=" + id, as(admin)).text()).doesNotContain(secret);
    }

    @Test
    void aPreviewShowsTheMessageAndSendsNothing() {
        String id = "chat-" + UUID.randomUUID();
        String url = "https://discord.com/api/webhooks/1/topsecret";
        Api.Answer elsewhere = api.send(
                "POST",
                "/api/v1/channels",
                "{\"id\":\"%s\",\"type\":\"discord\",\"url\":\"https://192.0.2.1/x\"}".formatted(id),
                as(admin));
        assertWrong(elsewhere, "bad_parameter", "url");
        assertThat(api.send(
                                "POST",
                                "/api/v1/channels",
                                "{\"id\":\"%s\",\"type\":\"discord\",\"url\":\"%s\"}".formatted(id, url),
                                as(admin))
                        .status())
                .isEqualTo(201);

        Api.Answer shown = api.get("/api/v1/channels/" + id + "/preview", as(operator));
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.json().path("headline").asText()).isEqualTo("[INFO] test on example-host");
        assertThat(shown.json().path("body").asText()).contains("allowed_mentions");
        assertThat(shown.text()).doesNotContain("topsecret");
        assertThat(api.get("/api/v1/channels/" + id + "/preview?alert=nope", as(operator))
                        .status())
                .isEqualTo(404);
        api.send("DELETE", "/api/v1/channels/" + id, null, as(admin));
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
                List.of("HTTPS://192.0.2.1/hook", "https://bücher.invalid/hook", "http://my_host.invalid:8080/hook")) {
            String id = "hook-" + UUID.randomUUID();
            Api.Answer created = api.send(
                    "POST",
                    "/api/v1/channels",
                    "{\"id\":\"%s\",\"type\":\"webhook\",\"url\":\"%s\"}".formatted(id, url),
                    as(admin));
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            api.send("DELETE", "/api/v1/channels/" + id, null, as(admin));
        }
        for (String url : List.of("http://[::ffff:10.0.0.1]/", "http://198.18.0.1/", "ftp://example.org/")) {
            assertRefused("\"type\":\"webhook\",\"url\":\"" + url + "\"", "bad_parameter", "url");
        }
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
