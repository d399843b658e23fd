package io.peerscope.ingest.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Where in a request a token may stand. */
public final class Credentials {
    private Credentials() {}

    /** {@code Authorization: Bearer <token>}. */
    public static Optional<String> bearer(HttpServerRequest request) {
        return scheme(request, "Bearer ");
    }

    /** {@code Authorization: Basic}: the token stands for the password, the user's name for nothing. */
    public static Optional<String> basicPassword(HttpServerRequest request) {
        return scheme(request, "Basic ").flatMap(Credentials::password);
    }

    private static Optional<String> password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return Optional.of(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** @param scheme with the space after it, in any case */
    public static Optional<String> scheme(HttpServerRequest request, String scheme) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(header.substring(scheme.length()).strip())
                : Optional.empty();
    }
}
