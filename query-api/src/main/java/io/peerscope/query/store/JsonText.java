package io.peerscope.query.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Labels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON for a {@code ?::jsonb} parameter, and from such a column. */
final class JsonText {
    private static final TypeReference<Map<String, String>> STATES = new TypeReference<>() {};

    private JsonText() {}

    static String of(Object value) {
        return new String(Json.encode(value), StandardCharsets.UTF_8);
    }

    static Labels labels(String json) throws SQLException {
        try {
            TreeMap<String, String> labels = new TreeMap<>();
            Json.mapper()
                    .readTree(json)
                    .properties()
                    .forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
            return Labels.of(labels);
        } catch (IOException e) {
            throw new SQLException("labels are not JSON", e);
        }
    }

    /** @param json of {@code raw_point.states}; null: there are none */
    static Map<String, String> states(@Nullable String json) throws SQLException {
        if (json == null) {
            return Map.of();
        }
        try {
            return Json.mapper().readValue(json, STATES);
        } catch (IOException e) {
            throw new SQLException("raw_point.states is not an object of texts", e);
        }
    }
}
