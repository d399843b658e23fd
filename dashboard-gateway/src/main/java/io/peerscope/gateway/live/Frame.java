package io.peerscope.gateway.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerscope.contracts.json.Json;
import java.nio.charset.StandardCharsets;

/**
 * One JSON object on its way to browsers: written once, shared by every connection that gets it.
 *
 * @param bytes its size in UTF-8
 */
public record Frame(String text, int bytes) {

    static Frame of(String text) {
        return new Frame(text, text.getBytes(StandardCharsets.UTF_8).length);
    }

    public static Frame of(Object content) {
        return of(json(content));
    }

    static String json(Object content) {
        try {
            return Json.mapper().writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + content.getClass().getName() + " as JSON", e);
        }
    }
}
