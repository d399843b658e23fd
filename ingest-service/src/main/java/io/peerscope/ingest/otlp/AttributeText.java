package io.peerscope.ingest.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.peerscope.contracts.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value of an attribute as a label has it: plain text, and JSON where it is a list or a map. */
final class AttributeText {
    private AttributeText() {}

    static String of(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case BYTES_VALUE -> base64(value);
            case ARRAY_VALUE -> json(list(value));
            case KVLIST_VALUE -> json(map(value.getKvlistValue().getValuesList()));
            case VALUE_NOT_SET -> "";
        };
    }

    private static String base64(AnyValue value) {
        return Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
    }

    private static String json(Object value) {
        return new String(Json.encode(value), StandardCharsets.UTF_8);
    }

    private static List<@Nullable Object> list(AnyValue value) {
        List<@Nullable Object> list = new ArrayList<>();
        value.getArrayValue().getValuesList().forEach(one -> list.add(plain(one)));
        return list;
    }

    private static @Nullable Object plain(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BYTES_VALUE -> base64(value);
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(AttributeText::plain)
                        .toList();
            case KVLIST_VALUE -> map(value.getKvlistValue().getValuesList());
            case VALUE_NOT_SET -> null;
        };
    }

    private static Map<String, @Nullable Object> map(List<KeyValue> pairs) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        pairs.forEach(pair -> map.put(pair.getKey(), plain(pair.getValue())));
        return map;
    }
}
