package io.peerscope.benchmarks.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * The ingest door, and a token that writes for any host.
 *
 * @param server scheme, host and port
 */
public record Target(URI server, String token) {

    byte[] head(int length) {
        return """
                POST /api/v1/ingest HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                """.formatted(server.getAuthority(), token, length).getBytes(StandardCharsets.US_ASCII);
    }

    /** Without the token, because records end up in logs. */
    @Override
    public String toString() {
        return server.toString();
    }
}
