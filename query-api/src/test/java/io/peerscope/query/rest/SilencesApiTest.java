package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.topic.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who does not want to be told, and when. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class SilencesApiTest extends RunningApi {
    private static final String PATH = "/api/v1/silences";

    @Test
    void aSilenceIsMadeReadReplacedAndRemovedAndAllOfItIsOnRecord() {
        Api.Answer made = api.send("POST", PATH, """
                {"matchers":{"host":"h*"},"to":"2999-01-01T00:00:00Z","from":"2998-06-01T02:00:00+02:00",
                 "comment":"moving"}""", as(operator));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String id = made.json().path("id").asText();
        assertThat(made.raw().headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith(PATH + "/" + id));
        assertThat(made.json().path("from").asText()).isEqualTo("2998-06-01T00:00:00Z");
        assertThat(made.json().path("created_by").asText()).isEqualTo("operator");
        assertThat(made.json().path("status").asText()).isEqualTo("pending");
        assertThat(made.json().path("recurring").isNull()).isTrue();

        Api.Answer read = api.get(PATH + "/" + id, as(viewer));
        assertThat(read.json()).isEqualTo(made.json());
        assertThat(api.send("PUT", PATH + "/" + id, read.text(), as(admin)).json())
                .as("what was read can be sent back")
                .isEqualTo(read.json());
        Api.Answer replaced = api.send("PUT", PATH + "/" + id, """
                {"matchers":{"host":"h1"},"from":1763687000000,"to":1763690600000,
                 "recurring":{"every":"weekly","time_zone":"Europe/Berlin"}}""", as(admin));
        assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
        assertThat(replaced.json().path("created_by").asText()).isEqualTo("operator");
        assertThat(replaced.json().path("recurring").path("time_zone").asText()).isEqualTo("Europe/Berlin");

        assertThat(ids("")).contains(id);
        assertThat(ids("?status=expired")).doesNotContain(id);
        assertThat(api.send("DELETE", PATH + "/" + id, null, as(operator)).status())
                .isEqualTo(204);
        assertThat(api.get(PATH + "/" + id, as(viewer)).status()).isEqualTo(404);
        assertThat(ids("")).doesNotContain(id);
        JsonNode audit = api.get("/api/v1/audit?object=" + id, as(admin)).json().path("audit");
        assertThat(audit)
                .extracting(entry -> entry.path("action").asText())
                .containsExactlyInAnyOrder("silence.create", "silence.replace", "silence.replace", "silence.delete");
    }

    private List<String> ids(String filter) {
        return api.get(PATH + filter, as(viewer))
                .json()
                .path("silences")
                .valueStream()
                .map(silence -> silence.path("id").asText())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'to':'2999-01-01T00:00:00Z'} | missing_field | matchers",
                "{'matchers':{},'to':'2999-01-01T00:00:00Z'} | missing_field | matchers",
                "{'matchers':['h'],'to':'2999-01-01T00:00:00Z'} | bad_parameter | matchers",
                "{'matchers':{'host':7},'to':'2999-01-01T00:00:00Z'} | bad_parameter | matchers.host",
                "{'matchers':{'a b':'x'},'to':'2999-01-01T00:00:00Z'} | bad_name | matchers.a b",
                "{'matchers':{'host':'h'}} | missing_field | to",
                "{'matchers':{'host':'h'},'to':'tomorrow'} | bad_timestamp | to",
                "{'matchers':{'host':'h'},'from':10,'to':10} | bad_parameter | to",
                "{'matchers':{'host':'h'},'from':0,'to':90000000,'recurring':'daily'} | bad_parameter | to",
                "{'matchers':{'host':'h'},'from':0,'to':9,'recurring':'hourly'} | bad_parameter | recurring",
                "{'matchers':{'host':'h'},'from':0,'to':9,'recurring':7} | bad_parameter | recurring",
                "{'matchers':{'host':'h'},'from':0,'to':9,'recurring':{'every':'daily','zone':'UTC'}}"
                        + " | unknown_field | recurring.zone",
                "{'matchers':{'host':'h'},'from':0,'to':9,'recurring':{'every':'daily','time_zone':'Mars'}}"
                        + " | bad_parameter | recurring.time_zone",
                "{'matchers':{'host':'h'},'from':9,'to':10,'recurring':{'every':'daily','until':5}}"
                        + " | bad_parameter | recurring.until",
                "{'matchers':{'host':'h'},'from':0,'to':9,'comment':7} | bad_parameter | comment",
                "{'matchers':{'host':'h'},'from':0,'to':9,'id':'a/b'} | bad_name | id",
                "{'matchers':{'host':'h'},'from':0,'to':9,'starts':1} | unknown_field | starts"
            })
    void whatCannotWorkIsRefusedWithItsField(String body, String code, String field) {
        Api.Answer refused = api.send("POST", PATH, body.replace('\'', '"'), as(operator));
        assertThat(refused.status()).isEqualTo(400);
        JsonNode first = refused.json().path("errors").get(0);
        assertThat(first.path("code").asText() + " " + first.path("field").asText())
                .as(refused.text())
                .isEqualTo(code + " " + field);
    }

    @Test
    void anIdIsTakenOnce() {
        String body = "{\"id\":\"once-%s\",\"matchers\":{\"host\":\"none\"},\"from\":0,\"to\":9}"
                .formatted(UUID.randomUUID());
        assertThat(api.send("POST", PATH, body, as(operator)).status()).isEqualTo(201);
        assertThat(api.send("POST", PATH, body, as(operator)).code()).isEqualTo("conflict");
        assertThat(api.send("POST", PATH, "[]", as(operator)).status()).isEqualTo(400);
    }

    @Test
    void theTimelineSaysWhatWasHeldBack() {
        Alert open = SampleAlerts.of("silent-" + UUID.randomUUID(), AlertStatus.FIRING, null, Instant.now());
        Alert silenced = SampleAlerts.silenced(open);
        writer.write(
                Topic.ALERTS_EVENTS, open.key(), Json.encode(AlertEvent.of(AlertTransition.FIRING, silenced, 1, null)));
        writer.write(
                Topic.ALERTS_EVENTS, open.key(), Json.encode(AlertEvent.of(AlertTransition.UNSILENCED, open, 2, null)));
        await().untilAsserted(() -> {
            JsonNode timeline = api.get("/api/v1/alerts/" + open.id() + "/timeline", as(viewer))
                    .json()
                    .path("timeline");
            assertThat(timeline)
                    .extracting(moment -> moment.path("what").asText() + " "
                            + moment.path("reason").asText(""))
                    .containsExactly("firing ", "held silenced", "unsilenced ");
        });
    }
}
