package io.peerscope.ingest.nativeformat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.ingest.admission.Draft;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Times as text of RFC 3339 or as a number of epoch milliseconds; fractions of a millisecond are cut off. */
public final class TimeReading {
    /** Beyond this no clock counts in any unit, and sums of two such numbers still fit. */
    private static final long LARGEST = 1L << 61;

    private TimeReading() {}

    /** Epoch milliseconds, {@link Draft#NO_TIME} for null, {@link Draft#BAD_TIME} for what is no time. */
    static long next(JsonParser in) throws IOException {
        JsonToken token = in.nextToken();
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return number(in, token);
        }
        if (token == JsonToken.VALUE_STRING) {
            return text(in.getText());
        }
        in.skipChildren();
        return token == JsonToken.VALUE_NULL ? Draft.NO_TIME : Draft.BAD_TIME;
    }

    /** The same of a document that is read already. */
    public static long of(JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return bounded(node.longValue());
        }
        if (node.isNumber()) {
            return bounded(node.doubleValue());
        }
        return node.isTextual() ? text(node.textValue()) : node.isNull() ? Draft.NO_TIME : Draft.BAD_TIME;
    }

    private static long bounded(long value) {
        return Math.abs(value) <= LARGEST && value != Long.MIN_VALUE ? value : Draft.BAD_TIME;
    }

    private static long bounded(double value) {
        double floor = Math.floor(value);
        return Math.abs(floor) <= LARGEST ? (long) floor : Draft.BAD_TIME;
    }

    private static long number(JsonParser in, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return bounded(in.getLongValue());
        }
        return bounded(in.getDoubleValue());
    }

    private static long text(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return Draft.BAD_TIME;
        }
    }
}
