package io.peerscope.query.store;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Labels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.TreeMap;

/** JSON for a {@code ?::jsonb} parameter, and from such a column. */
final class JsonText {
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
}
