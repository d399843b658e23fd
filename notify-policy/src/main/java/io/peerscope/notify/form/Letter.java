package io.peerscope.notify.form;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One POST as it goes out.
 *
 * @param url as the channel has it, or grown from it
 * @param headers beside the content type
 */
public record Letter(String url, String contentType, Map<String, String> headers, byte[] body) {
    static final String JSON = "application/json";

    static Letter json(String url, byte[] body) {
        return new Letter(url, JSON, Map.of(), body);
    }

    /** Says which trace it belongs to (W3C Trace Context), where there is one. */
    public Letter within(Optional<String> traceparent) {
        if (traceparent.isEmpty()) {
            return this;
        }
        Map<String, String> more = new HashMap<>(headers);
        more.put("traceparent", traceparent.get());
        return new Letter(url, contentType, more, body);
    }

    /** Without address, headers and body, because records end up in logs. */
    @Override
    public String toString() {
        return "Letter[" + contentType + ", " + body.length + " bytes]";
    }
}
