package io.peerscope.notify.form;

import java.util.Map;

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

    /** Without address, headers and body, because records end up in logs. */
    @Override
    public String toString() {
        return "Letter[" + contentType + ", " + body.length + " bytes]";
    }
}
