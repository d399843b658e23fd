package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.event.EventType;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.topic.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class NetworkEventsApiTest extends RunningApi {
    private final String host = "ev-" + UUID.randomUUID();
    private final Instant now = Instant.ofEpochMilli(Instant.now().toEpochMilli());

    private NetworkEvent tell(EventType type, Instant at, String peer) {
        NetworkEvent event = new NetworkEvent(
                NetworkEvent.id(host, type, at.toEpochMilli(), peer, null, "connected"),
                host,
                type,
                at,
                now,
                peer,
                null,
                "connected",
                Json.mapper().createObjectNode().put("attempt", 3));
        writer.write(Topic.NETWORK_EVENTS, host, Json.encode(event));
        return event;
    }

    private JsonNode events(String query) {
        Api.Answer answer =
                api.get("/api/v1/network/events?host=" + host + query, as(viewer, "X-Read-Consistency", "strong"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void eachEventIsThereOnceHoweverOftenItWasSent() {
        NetworkEvent first = tell(EventType.CONNECTION_STATE, now.minusSeconds(60), "h2");
        NetworkEvent second = tell(EventType.CONNECTION_STATE, now.minusSeconds(30), "h3");
        tell(EventType.CONNECTION_STATE, now.minusSeconds(60), "h2");
        writer.write(Topic.NETWORK_EVENTS, host, new byte[] {'{'});
        NetworkEvent goodbye = tell(EventType.GOODBYE, now, "h2");

        JsonNode all = events("");
        assertThat(all.path("total").asInt()).isEqualTo(3);
        assertThat(all.path("events").findValuesAsText("id")).containsExactly(goodbye.id(), second.id(), first.id());
        assertThat(Json.decode(Json.encode(all.path("events").get(2)), NetworkEvent.class))
                .isEqualTo(first);

        assertThat(events("&type=goodbye").path("total").asInt()).isEqualTo(1);
        assertThat(events("&peer=h3").path("total").asInt()).isEqualTo(1);
        assertThat(events("&from=" + now.minusSeconds(30) + "&to=" + now)
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(events("&page=2&page_size=2").path("events").size()).isEqualTo(1);
    }

    @Test
    void wrongWordsAreNamed() {
        assertWrong("/api/v1/network/events?type=party", "bad_parameter", "type");
        assertWrong("/api/v1/network/events?kind=goodbye", "unknown_field", "kind");
        assertThat(api.get("/api/v1/network/events", as(fleet)).status()).isEqualTo(403);
    }
}
