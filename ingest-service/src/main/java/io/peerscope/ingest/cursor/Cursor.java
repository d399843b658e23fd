package io.peerscope.ingest.cursor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.peerscope.contracts.point.MalformedRecordException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * The newest timestamp held for a host, on the host's own clock: as the host sent it. Never ahead of what is durable, and
 * about a second behind it; what is sent again in between counts once.
 *
 * @param newest epoch milliseconds
 * @param correction what was added last to the host's timestamps, milliseconds
 */
public record Cursor(long newest, long correction) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final long UNKNOWN = Long.MIN_VALUE;

    OptionalLong known() {
        return newest == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(newest);
    }

    /**
     * Looks for two members of a {@code HostLive} and no further: of thousands of hosts with hundreds of fields each we
     * keep two numbers.
     *
     * @throws MalformedRecordException where it is no such document
     */
    public static Cursor of(byte[] hostLive) {
        long newest = UNKNOWN;
        try (JsonParser in = JSON.createParser(hostLive)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedRecordException("not the state of a host");
            }
            String name;
            while ((name = in.nextFieldName()) != null) {
                JsonToken token = in.nextToken();
                if (name.equals("newest") && token == JsonToken.VALUE_STRING) {
                    newest = Instant.parse(in.getText()).toEpochMilli();
                } else if (name.equals("clock_skew_ms") && token.isNumeric()) {
                    long correction = in.getLongValue();
                    return new Cursor(newest == UNKNOWN ? UNKNOWN : newest - correction, correction);
                } else {
                    in.skipChildren();
                }
            }
        } catch (IOException | DateTimeException e) {
            throw new MalformedRecordException("not the state of a host: " + e.getMessage(), e);
        }
        return new Cursor(UNKNOWN, 0); // written by a version that did not tell
    }
}
