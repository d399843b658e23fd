package io.peerscope.alert.topology;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.peerscope.alert.lifecycle.AlertState;
import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/** States in the store: JSON with the name of the state, so that it can be read with the eye and grow new fields. */
final class StateCodec {
    private static final JsonMapper MAPPER =
            Json.mapper().rebuild().addMixIn(AlertState.Kept.class, Named.class).build();
    private static final ObjectWriter WRITER = MAPPER.writerFor(AlertState.Kept.class);
    private static final ObjectReader READER = MAPPER.readerFor(AlertState.Kept.class);

    private StateCodec() {}

    static byte[] encode(AlertState.Kept state) {
        try {
            return WRITER.writeValueAsBytes(state);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write an alert state", e);
        }
    }

    static AlertState.Kept decode(byte[] bytes) {
        try {
            return READER.readValue(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("the store holds an alert state that cannot be read", e);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = AlertState.Pending.class, name = "pending"),
        @JsonSubTypes.Type(value = AlertState.Firing.class, name = "firing"),
        @JsonSubTypes.Type(value = AlertState.Silent.class, name = "silent"),
        @JsonSubTypes.Type(value = AlertState.Resting.class, name = "resting"),
        @JsonSubTypes.Type(value = AlertState.Muted.class, name = "muted")
    })
    private interface Named {}
}
