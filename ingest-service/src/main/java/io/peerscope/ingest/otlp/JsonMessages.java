package io.peerscope.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Shown;
import io.peerscope.ingest.admission.UndecodableException;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * Fills a message from one JSON document by OTLP's rules: names in lowerCamelCase only, unknown ones skipped, enums as
 * integers only, integers of 64 bits as numbers or strings, ids of traces and spans in hex, other bytes in Base64, null as
 * if it were not there.
 */
final class JsonMessages {
    private static final Set<String> IN_HEX = Set.of("traceId", "spanId", "parentSpanId");
    /** Up to here a double has no gaps between whole numbers. */
    private static final double EXACT = 1L << 53;

    private final JsonParser in;
    private final MessageCount count = new MessageCount();
    private final Map<Descriptor, Map<String, FieldDescriptor>> fields = new HashMap<>();

    JsonMessages(JsonParser in) {
        this.in = in;
    }

    void readDocument(Message.Builder message) throws IOException, UndecodableException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw malformed("the body must be an object");
        }
        object(message);
        if (in.nextToken() != null) {
            throw malformed("something follows the document");
        }
    }

    private void object(Message.Builder message) throws IOException, UndecodableException {
        count.add();
        Map<String, FieldDescriptor> names =
                fields.computeIfAbsent(message.getDescriptorForType(), JsonMessages::byJsonName);
        String name;
        while ((name = in.nextFieldName()) != null) {
            FieldDescriptor field = names.get(name);
            JsonToken token = in.nextToken();
            if (field == null) {
                in.skipChildren();
            } else if (field.isRepeated() && token != JsonToken.VALUE_NULL) {
                list(message, field, token);
            } else if (token != JsonToken.VALUE_NULL) {
                message.setField(field, value(message, field, token));
            }
        }
    }

    private static Map<String, FieldDescriptor> byJsonName(Descriptor type) {
        Map<String, FieldDescriptor> names = new HashMap<>();
        type.getFields().forEach(field -> names.put(field.getJsonName(), field));
        return names;
    }

    private void list(Message.Builder message, FieldDescriptor field, JsonToken first)
            throws IOException, UndecodableException {
        if (first != JsonToken.START_ARRAY) {
            throw wrong(field, "a list");
        }
        JsonToken token;
        while ((token = in.nextToken()) != JsonToken.END_ARRAY) {
            message.addRepeatedField(field, value(message, field, token));
        }
    }

    private Object value(Message.Builder message, FieldDescriptor field, JsonToken token)
            throws IOException, UndecodableException {
        return switch (field.getJavaType()) {
            case MESSAGE -> {
                if (token != JsonToken.START_OBJECT) {
                    throw wrong(field, "an object");
                }
                Message.Builder nested = message.newBuilderForField(field);
                object(nested);
                yield nested.build();
            }
            case STRING -> text(field, token);
            case BYTE_STRING -> bytes(field, text(field, token));
            case BOOLEAN -> {
                if (!token.isBoolean()) {
                    throw wrong(field, "true or false");
                }
                yield token == JsonToken.VALUE_TRUE;
            }
            case ENUM -> {
                if (token != JsonToken.VALUE_NUMBER_INT) {
                    throw wrong(field, "the number of an enum's value");
                }
                yield field.getEnumType().findValueByNumberCreatingIfUnknown((int) integer(field, token));
            }
            case INT -> (int) integer(field, token);
            case LONG -> integer(field, token);
            case FLOAT -> (float) number(field, token);
            case DOUBLE -> number(field, token);
        };
    }

    private String text(FieldDescriptor field, JsonToken token) throws IOException, UndecodableException {
        if (token != JsonToken.VALUE_STRING) {
            throw wrong(field, "a string");
        }
        return in.getText();
    }

    private static ByteString bytes(FieldDescriptor field, String text) throws UndecodableException {
        try {
            return ByteString.copyFrom(
                    IN_HEX.contains(field.getJsonName())
                            ? HexFormat.of().parseHex(text)
                            : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
        } catch (IllegalArgumentException e) {
            throw wrong(field, "bytes");
        }
    }

    private long integer(FieldDescriptor field, JsonToken token) throws IOException, UndecodableException {
        try {
            if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                double value = in.getDoubleValue();
                if (value == Math.rint(value) && Math.abs(value) <= EXACT) {
                    return bounded(field, (long) value);
                }
            } else if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING) {
                return bounded(field, integer(field, in.getText()));
            }
        } catch (NumberFormatException e) {
            throw wrong(field, "a whole number within its range");
        }
        throw wrong(field, "a whole number within its range");
    }

    private static long integer(FieldDescriptor field, String text) {
        return switch (field.getType()) {
            case UINT64, FIXED64 -> Long.parseUnsignedLong(text);
            default -> Long.parseLong(text);
        };
    }

    private static long bounded(FieldDescriptor field, long value) throws UndecodableException {
        boolean fits =
                switch (field.getType()) {
                    case UINT32, FIXED32 -> value >= 0 && value <= 0xffff_ffffL;
                    case INT32, SINT32, SFIXED32, ENUM -> value == (int) value;
                    default -> true;
                };
        if (!fits) {
            throw wrong(field, "a whole number within its range");
        }
        return value;
    }

    private double number(FieldDescriptor field, JsonToken token) throws IOException, UndecodableException {
        if (token.isNumeric()) {
            return in.getDoubleValue();
        }
        if (token == JsonToken.VALUE_STRING) {
            try {
                return switch (in.getText()) {
                    case "NaN" -> Double.NaN;
                    case "Infinity" -> Double.POSITIVE_INFINITY;
                    case "-Infinity" -> Double.NEGATIVE_INFINITY;
                    default -> Double.parseDouble(in.getText());
                };
            } catch (NumberFormatException e) {
                throw wrong(field, "a number");
            }
        }
        throw wrong(field, "a number");
    }

    private static UndecodableException wrong(FieldDescriptor field, String expected) {
        return malformed(Shown.plain(field.getJsonName()) + " must be " + expected);
    }

    private static UndecodableException malformed(String detail) {
        return new UndecodableException(ErrorCode.MALFORMED, detail);
    }
}
