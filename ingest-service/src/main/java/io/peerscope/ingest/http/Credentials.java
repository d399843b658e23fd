package io.peerscope.ingest.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Where in a request a token may stand. */
public final class Credentials {
    private Credentials() {}

    /** {@code Authorization: Bearer <token>}. */
    public static Optional<String> bearer(HttpServerRequest request) {
        return scheme(request, "Bearer ");
    }

    /** @param scheme with the space after it, in any case */
    public static Optional<String> scheme(HttpServerRequest request, String scheme) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(header.substring(scheme.length()).strip())
                : Optional.empty();
    }
}
