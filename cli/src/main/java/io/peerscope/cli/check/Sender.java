package io.peerscope.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.api.Server;
import io.peerscope.contracts.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends samples as a host would: with the token of a fleet where there is one, else with a token of the host that lives
 * only as long as this does.
 */
public final class Sender implements AutoCloseable {
    private static final String INGEST = "/api/v1/ingest";

    private final Server admin;
    private final Server sender;
    private final String host;
    private final Optional<String> issued;

    private Sender(Server admin, Server sender, String host, Optional<String> issued) {
        this.admin = admin;
        this.sender = sender;
        this.host = host;
        this.issued = issued;
    }

    /** @param ingest where samples are taken; the same address as the API's, or that of ingest itself */
    public static Sender of(Server admin, Server ingest, String host, Optional<String> fleetToken) {
        if (fleetToken.isPresent()) {
            return new Sender(admin, ingest.as(fleetToken.get()), host, Optional.empty());
        }
        Server.Answer registered =
                admin.send("POST", "/api/v1/hosts", Optional.of(Json.encode(Map.of("host", host, "labels", Map.of()))));
        String tokens = "/api/v1/hosts/" + Server.encoded(host) + "/tokens";
        JsonNode token = registered.status() == 409
                ? admin.post(tokens, Map.of())
                : admin.wanted("POST", "/api/v1/hosts", registered);
        return new Sender(
                admin,
                ingest.as(token.path("token").asText()),
                host,
                Optional.of(tokens + "/" + Server.encoded(token.path("id").asText())));
    }

    public String host() {
        return host;
    }

    /** One sample of its own kind, so that it is among nothing else, at the server's time. */
    public JsonNode send(String field, double value, String batch) {
        return sender.post(INGEST, batch(batch, point(field, value)));
    }

    /** Likewise at a time of one's own, and whatever the answer. */
    Server.Answer offer(String field, double value, Instant time, String batch) {
        Map<String, Object> point = point(field, value);
        point.put("timestamp", time.toEpochMilli());
        return sender.send("POST", INGEST, Optional.of(Json.encode(batch(batch, point))));
    }

    /** @throws io.peerscope.cli.Failure where the answer to an offer is none of success */
    JsonNode wanted(Server.Answer answer) {
        return sender.wanted("POST", INGEST, answer);
    }

    private Map<String, Object> batch(String batch, Map<String, Object> point) {
        return Map.of("host", host, "batch", batch, "points", List.of(point));
    }

    private static Map<String, Object> point(String field, double value) {
        Map<String, Object> point = new LinkedHashMap<>();
        point.put("kind", "protocol");
        point.put("labels", Map.of("protocol", "peerscope-check"));
        point.put("fields", Map.of(field, value));
        return point;
    }

    /** Who has said goodbye is not missed. */
    public void goodbye() {
        sender.post("/api/v1/events", Map.of("host", host, "events", List.of(Map.of("type", "goodbye"))));
    }

    @Override
    public void close() {
        issued.ifPresent(admin::delete);
    }
}
