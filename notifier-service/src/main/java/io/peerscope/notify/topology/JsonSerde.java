package io.peerscope.notify.topology;

import io.peerscope.contracts.json.Json;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** JSON of one contract type as a Kafka serde; null stays null, so tombstones pass. */
final class JsonSerde {
    private JsonSerde() {}

    static <T> Serde<T> of(Class<T> type) {
        return Serdes.serdeFrom((topic, value) -> encode(value), (topic, bytes) -> decode(bytes, type));
    }

    /** Of a topic that carries two types. */
    static Deserializer<Object> either(Class<?> plain, String header, Class<?> marked) {
        return new Deserializer<>() {
            @Override
            public @Nullable Object deserialize(String topic, byte @Nullable [] bytes) {
                return decode(bytes, plain);
            }

            @Override
            public @Nullable Object deserialize(String topic, Headers headers, byte @Nullable [] bytes) {
                Class<?> type = headers.lastHeader(header) == null ? plain : marked;
                return decode(bytes, type);
            }
        };
    }

    private static byte @Nullable [] encode(@Nullable Object value) {
        return value == null ? null : Json.encode(value);
    }

    private static <T> @Nullable T decode(byte @Nullable [] bytes, Class<T> type) {
        return bytes == null ? null : Json.decode(bytes, type);
    }
}
