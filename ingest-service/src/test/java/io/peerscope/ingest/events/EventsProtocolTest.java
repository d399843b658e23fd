package io.peerscope.ingest.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.event.EventType;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.json.Json;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.http.HttpLimits;
import io.peerscope.ingest.intake.FakeBatchLog;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsProtocolTest {
    private static final String CONNECTED = "{\"type\":\"connection_state\",\"timestamp\":" + Drafts.NOW
            + ",\"peer\":\"h2\",\"from\":\"Connecting\",\"to\":\"connected\",\"detail\":{\"attempt\":3}}";
    private static final String GOODBYE = "{\"type\":\"goodbye\",\"timestamp\":" + Drafts.NOW + "}";

    private final Door door = new Door(new FakeBatchLog(), HttpLimits.standard(), 64 << 20);

    @AfterEach
    void everythingBalances() {
        assertThat(door.meter.balances()).as("%s", door.meter).isTrue();
        door.close();
    }

    private Door.Response post(String token, String... events) throws Exception {
        String body = "{\"host\":\"h1\",\"events\":[" + String.join(",", events) + "]}";
        return door.post(EventsProtocol.PATH, token, body);
    }

    @Test
    void whatIsRightIsWrittenAndTheRestIsNamed() throws Exception {
        Door.Response answer = post(
                "h1",
                CONNECTED,
                "{\"type\":\"party\"}",
                GOODBYE,
                "{\"type\":\"discovery\",\"timestamp\":0,\"peer\":\"x\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.json().path("rejected").asInt()).isEqualTo(2);
        assertThat(answer.json().path("errors").findValuesAsText("index")).containsExactly("1", "3");
        assertThat(answer.json().path("errors").findValuesAsText("code")).containsExactly("bad_value", "too_old");
        assertThat(door.events)
                .extracting(NetworkEvent::type)
                .containsExactly(EventType.CONNECTION_STATE, EventType.GOODBYE);
        NetworkEvent connected = door.events.getFirst();
        assertThat(connected)
                .isEqualTo(new NetworkEvent(
                        connected.id(),
                        "h1",
                        EventType.CONNECTION_STATE,
                        Instant.ofEpochMilli(Drafts.NOW),
                        Instant.ofEpochMilli(Drafts.NOW),
                        "h2",
                        "connecting",
                        "connected",
                        Json.mapper().createObjectNode().put("attempt", 3)));
    }

    @Test
    void sentAgainItIsTheSameEvent() throws Exception {
        post("h1", CONNECTED);
        post("fleet", CONNECTED, CONNECTED, CONNECTED.replace("h2", "h3"));

        assertThat(door.events.stream().map(NetworkEvent::id).distinct()).hasSize(2);
        assertThat(door.events).hasSize(3);
    }

    @Test
    void aClockThatIsAheadIsCorrectedAndTheIdentityStays() throws Exception {
        String ahead = CONNECTED.replace("" + Drafts.NOW, "" + (Drafts.NOW + 7_200_000));
        String body = "{\"sent_at\":" + (Drafts.NOW + 7_200_000) + ",\"events\":[" + ahead + "]}";
        assertThat(door.post(EventsProtocol.PATH, "h1", body).status()).isEqualTo(200);

        NetworkEvent event = door.events.getFirst();
        assertThat(event.timestamp()).isEqualTo(Instant.ofEpochMilli(Drafts.NOW));
        assertThat(event.id())
                .isEqualTo(NetworkEvent.id(
                        "h1", EventType.CONNECTION_STATE, Drafts.NOW + 7_200_000, "h2", "connecting", "connected"));
    }

    @ParameterizedTest
    @CsvSource({
        "viewer, '{}', 403, forbidden",
        "h1, '{\"type\":\"goodbye\",\"when\":1}', 400, unknown_field",
        "h1, '[]', 400, malformed",
        "h1, '', 400, missing_field",
        "h1, '{\"type\":\"connection_state\",\"peer\":\"h2\"}', 400, missing_field",
        "h1, '{\"type\":\"connection_state\",\"peer\":\"h2\",\"to\":\"happy\"}', 400, bad_value",
        "h1, '{\"type\":\"circuit_breaker\",\"to\":\"open\"}', 400, missing_field",
        "h1, '{\"type\":\"failover\"}', 400, missing_field",
        "h1, '{\"type\":\"goodbye\",\"timestamp\":\"soon\"}', 400, bad_timestamp",
        "h1, '{\"type\":\"goodbye\",\"timestamp\":4102444800000}', 400, too_new",
        "h1, '{\"type\":7}', 400, bad_value",
        "h1, '{}', 400, missing_field",
        "h1, '{\"type\":\"security\",\"detail\":[]}', 400, bad_value",
        "h1, '{\"type\":\"security\",\"detail\":{\"a\":[\"\\u0000\"]}}', 400, bad_value",
        "h1, '{\"type\":\"security\",\"detail\":{\"\\ud800\":1}}', 400, malformed",
        "h1, '{\"type\":\"security\",\"detail\":{\"a\":1e999}}', 400, bad_value"
    })
    void whatCannotBeTakenIsAProblem(String token, String event, int status, String code) throws Exception {
        Door.Response answer = post(token, event.isEmpty() ? new String[0] : new String[] {event});

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(door.events).isEmpty();
    }

    @Test
    void anotherHostsEventsAreForbidden() throws Exception {
        String body = "{\"host\":\"h2\",\"events\":[" + GOODBYE + "]}";
        assertThat(door.post(EventsProtocol.PATH, "h1", body).code()).isEqualTo("host_mismatch");
        assertThat(door.events).isEmpty();
    }

    @Test
    void thereMayBeAThousand() throws Exception {
        String[] events = new String[1001];
        Arrays.setAll(events, i -> GOODBYE.replace("" + Drafts.NOW, "" + (Drafts.NOW - i)));
        assertThat(post("fleet", events).status()).isEqualTo(413);
        assertThat(post("fleet", Arrays.copyOf(events, 1000))
                        .json()
                        .path("accepted")
                        .asInt())
                .isEqualTo(1000);
    }
}
