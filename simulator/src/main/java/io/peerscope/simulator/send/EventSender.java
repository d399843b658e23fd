package io.peerscope.simulator.send;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.simulator.Event;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends events to ingest, once: what nobody takes is lost. */
public final class EventSender implements AutoCloseable {
    private final SenderSettings settings;
    private final InstantSource clock;
    private final URI address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();

    public EventSender(SenderSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.address = settings.server().resolve("/api/v1/events");
    }

    /** @return "" where all were taken, else why not */
    public String send(List<Event> events) throws InterruptedException {
        Map<String, ArrayNode> byHost = new LinkedHashMap<>();
        for (Event event : events) {
            byHost.computeIfAbsent(event.host(), host -> Json.mapper().createArrayNode())
                    .add(json(event));
        }
        for (Map.Entry<String, ArrayNode> each : byHost.entrySet()) {
            String trouble = post(each.getKey(), each.getValue());
            if (!trouble.isEmpty()) {
                return trouble;
            }
        }
        return "";
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private String post(String host, ArrayNode events) throws InterruptedException {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("host", host);
        if (settings.stampSentAt()) {
            body.put("sent_at", clock.instant().toEpochMilli());
        }
        body.set("events", events);
        try {
            int status = http.send(
                            HttpRequest.newBuilder(address)
                                    .timeout(settings.requestTimeout())
                                    .header("Authorization", "Bearer " + settings.token())
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(Json.encode(body)))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status / 100 == 2 ? "" : "events: status " + status;
        } catch (IOException e) {
            return "events: " + e;
        }
    }

    private static ObjectNode json(Event event) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("type", event.type()).put("timestamp", event.timestamp().toEpochMilli());
        Map.of("peer", event.peer(), "from", event.from(), "to", event.to()).forEach((name, value) -> {
            if (!value.isEmpty()) {
                json.put(name, value);
            }
        });
        json.set("detail", Json.mapper().valueToTree(event.detail()));
        return json;
    }
}
