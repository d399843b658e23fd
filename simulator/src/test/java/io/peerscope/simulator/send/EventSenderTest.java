package io.peerscope.simulator.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.simulator.Event;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventSenderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void events_go_by_host_in_the_words_of_the_api() throws IOException, InterruptedException {
        try (RecordingIngest ingest = new RecordingIngest();
                EventSender sender =
                        new EventSender(SenderSettings.of(ingest.uri(), "secret"), Clock.fixed(NOW, ZoneOffset.UTC))) {
            List<Event> events = List.of(
                    new Event("h1", "transfer", NOW, "h2", "", "completed", Map.of("bytes", 7)),
                    new Event("h2", "security", NOW, "", "", "", Map.of("kind", "login")),
                    new Event("h1", "connection_state", NOW, "h2", "connected", "failed", Map.of()));
            assertThat(sender.send(events)).isEmpty();
            assertThat(ingest.received).extracting(each -> each.path()).containsOnly("/api/v1/events");
            JsonNode first = Json.mapper().readTree(ingest.received.getFirst().body());
            assertThat(first.path("host").asText()).isEqualTo("h1");
            assertThat(first.path("sent_at").asLong()).isEqualTo(NOW.toEpochMilli());
            assertThat(first.path("events")).hasSize(2);
            assertThat(first.at("/events/0/detail/bytes").asInt()).isEqualTo(7);
            assertThat(first.at("/events/0").has("from")).isFalse();
            assertThat(first.at("/events/1/from").asText()).isEqualTo("connected");
            assertThat(ingest.received).hasSize(2);
        }
    }

    @Test
    void what_is_refused_is_said() throws IOException, InterruptedException {
        try (RecordingIngest ingest = new RecordingIngest().thenAnswer(503, "1", "");
                EventSender sender = new EventSender(SenderSettings.of(ingest.uri(), "secret"), Clock.systemUTC())) {
            assertThat(sender.send(List.of(new Event("h1", "goodbye", NOW, "", "", "", Map.of()))))
                    .contains("503");
        }
    }
}
