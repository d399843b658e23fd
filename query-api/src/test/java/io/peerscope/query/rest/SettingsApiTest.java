package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.setting.SettingRecord;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.CompactedTable;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What people change while it runs. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class SettingsApiTest extends RunningApi {
    private static final String PATH = "/api/v1/settings";

    private Api.Answer put(String settings, String... headers) {
        return api.send("PUT", PATH, "{\"settings\":{" + settings.replace('\'', '"') + "}}", as(admin, headers));
    }

    private static String tag(Api.Answer answer) {
        return answer.raw().headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void aChangeHoldsAtOnceAndIsToldEverywhere() {
        Api.Answer before = api.get(PATH, as(viewer));
        assertThat(before.status()).isEqualTo(200);
        assertThat(before.json().path("settings").path("retention.raw").asInt()).isEqualTo(24);

        Api.Answer changed = put("'notifications.cooldown':77,'silence.grace':9", "If-Match", tag(before));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().path("version").asLong())
                .isEqualTo(before.json().path("version").asLong() + 1);
        assertThat(changed.json().path("updated_by").asText()).isEqualTo("admin");
        assertThat(api.get(PATH, as(viewer)).text()).isEqualTo(changed.text());

        String channel = "{\"id\":\"c-%s\",\"type\":\"email\",\"recipients\":[\"a@b.c\"]}".formatted(UUID.randomUUID());
        assertThat(api.send("POST", "/api/v1/channels", channel, as(admin))
                        .json()
                        .path("cooldown_seconds")
                        .asInt())
                .isEqualTo(77);
        try (CompactedTable<SettingRecord> topic = new CompactedTable<>(
                        clients,
                        "test-settings",
                        Topic.SETTINGS,
                        bytes -> Json.decode(bytes, SettingRecord.class),
                        (name, value) -> {})
                .start()) {
            await().until(() -> topic.get("silence.grace")
                    .map(SettingRecord::value)
                    .filter(v -> v == 9)
                    .isPresent());
            Api.Answer back = put("'silence.grace':null,'notifications.cooldown':null");
            assertThat(back.json().path("settings").path("silence.grace").asDouble())
                    .isEqualTo(5);
            await().until(() -> topic.get("silence.grace").isEmpty());
        }
    }

    @Test
    void whoWasSlowerIsRefused() {
        Api.Answer read = api.get(PATH, as(viewer));
        assertThat(put("'retention.events':31", "If-Match", tag(read)).status()).isEqualTo(200);
        Api.Answer slower = put("'retention.events':32", "If-Match", tag(read));
        assertThat(slower.status()).isEqualTo(412);
        assertThat(slower.code()).isEqualTo("precondition_failed");
        String old = "{\"version\":%d,\"settings\":{\"retention.events\":33}}"
                .formatted(read.json().path("version").asLong());
        assertThat(api.send("PUT", PATH, old, as(admin)).status()).isEqualTo(409);

        Api.Answer now = api.get(PATH, as(admin));
        assertThat(now.json().path("settings").path("retention.events").asInt()).isEqualTo(31);
        assertThat(api.send("PUT", PATH, now.text(), as(admin)).json()).isEqualTo(now.json());
        put("'retention.events':null");
    }

    @Test
    void everyChangeIsOnRecord() {
        put("'retention.deliveries':40");
        put("'retention.deliveries':41");
        put("'retention.deliveries':null");
        JsonNode changes = api.get(PATH + "/history?name=retention.deliveries", as(admin))
                .json()
                .path("changes");
        assertThat(changes.get(0).path("after").isNull()).isTrue();
        assertThat(changes.get(0).path("before").asInt()).isEqualTo(41);
        assertThat(changes.get(1).path("before").asInt()).isEqualTo(40);
        assertThat(changes.get(1).path("after").asInt()).isEqualTo(41);
        assertThat(changes.get(1).path("who").asText()).isEqualTo("admin");
        assertThat(changes.get(1).path("at").asText()).endsWith("Z");
        JsonNode audit = api.get("/api/v1/audit?action=setting.change&object=retention.deliveries", as(admin))
                .json()
                .path("audit");
        assertThat(audit.get(0).path("after").asInt()).isEqualTo(30);
        assertThat(api.get(PATH + "/history", as(operator)).status()).isEqualTo(403);
        assertThat(api.send("PUT", PATH, "{\"settings\":{}}", as(operator)).status())
                .isEqualTo(403);
    }

    @Test
    void wrongOnesAreRefusedWithAWayOutAndNothingIsChanged() {
        assertWrong(put("'retention.raw':1000"), "bad_parameter", "settings.retention.raw");
        assertWrong(put("'retention.raw':'24'"), "bad_parameter", "settings.retention.raw");
        assertWrong(put("'retention.events':40,'discord_webhook':'x'"), "unknown_field", "settings.discord_webhook");
        assertWrong(put("'retention.rollup_1m':31"), "bad_parameter", "settings.retention.rollup_1m");
        assertThat(api.get(PATH, as(viewer))
                        .json()
                        .path("settings")
                        .path("retention.rollup_1m")
                        .asInt())
                .isEqualTo(7);
    }

    /** docs/settings.md has a row for each, with its unit, range and default. */
    @Test
    void theDocumentsSayTheSame() throws IOException {
        String documented = Files.readString(Path.of("..", "docs", "settings.md"));
        for (JsonNode setting : api.get(PATH + "/catalogue", as(viewer)).json().path("settings")) {
            String unit = setting.path("unit").asText();
            assertThat(documented)
                    .contains("| `%s` | %s | %s to %s | %s |\n"
                            .formatted(
                                    setting.path("name").asText(),
                                    unit.isEmpty() ? "-" : unit,
                                    written(setting.path("min")),
                                    written(setting.path("max")),
                                    written(setting.path("default"))));
        }
    }

    private static String written(JsonNode number) {
        return number.isIntegralNumber()
                ? String.format(Locale.ROOT, "%,d", number.asLong()).replace(',', ' ')
                : number.asText();
    }

    @Test
    void whatIsKnownAlreadyIsNotSentAgain() {
        String tag = tag(api.get(PATH, as(viewer)));
        Api.Answer same = api.get(PATH, as(viewer, "If-None-Match", "\"x\", W/" + tag));
        assertThat(same.status()).as(same.text()).isEqualTo(304);
        assertThat(same.text()).isEmpty();
        assertThat(tag(same)).isEqualTo(tag);
        assertThat(api.get(PATH, as(viewer, "If-None-Match", "\"99999\"")).status())
                .isEqualTo(200);
    }

    @Test
    void thePastOfASettingThatIsNoneIsRefused() {
        Api.Answer wrong = api.get(PATH + "/history?name=retention.rwa", as(admin));
        assertWrong(wrong, "bad_parameter", "name");
        assertThat(wrong.text()).contains("retention.raw");
        assertThat(api.get(PATH + "/history?name=hosts.left_after", as(admin)).status())
                .isEqualTo(200);
    }

    @Test
    void theCatalogueSaysWhatEachMeans() {
        JsonNode settings = api.get(PATH + "/catalogue", as(viewer)).json().path("settings");
        JsonNode raw = settings.get(0);
        assertThat(raw.path("name").asText()).isEqualTo("retention.raw");
        assertThat(raw.path("type").asText()).isEqualTo("integer");
        assertThat(raw.path("unit").asText()).isEqualTo("h");
        assertThat(raw.path("max").asInt()).isEqualTo(720);
        assertThat(raw.path("default").asInt()).isEqualTo(24);
        assertThat(raw.path("service").asText()).isEqualTo("query-api");
        assertThat(raw.path("effective").asText()).isEqualTo("at_once");
    }
}
