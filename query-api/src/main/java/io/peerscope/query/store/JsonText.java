package io.peerscope.query.store;

import io.peerscope.contracts.json.Json;
import java.nio.charset.StandardCharsets;

/** JSON for a {@code ?::jsonb} parameter. */
final class JsonText {
    private JsonText() {}

    static String of(Object value) {
        return new String(Json.encode(value), StandardCharsets.UTF_8);
    }
}
