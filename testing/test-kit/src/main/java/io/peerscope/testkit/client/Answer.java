package io.peerscope.testkit.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came back.
 *
 * @param took from the first byte sent to the last received
 */
public record Answer(int status, Map<String, List<String>> headers, byte[] body, Duration took) {

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        try {
            return Json.mapper().readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + text(), e);
        }
    }

    /** The value at a JSON pointer. */
    public JsonNode at(String pointer) {
        return json().at(pointer);
    }

    /** The machine-readable reason of an error answer. */
    public String code() {
        return at("/code").asText();
    }

    /** @param name in lower case */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    @Override
    public String toString() {
        return status + " " + text();
    }
}
