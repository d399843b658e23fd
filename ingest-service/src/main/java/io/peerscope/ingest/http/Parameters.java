package io.peerscope.ingest.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** What stands in a request's address after the question mark. Senders can write there what cannot be decoded. */
public final class Parameters {
    private Parameters() {}

    /** Whether the address can be decoded. */
    public static boolean areReadable(HttpServerRequest request) {
        try {
            request.params();
            return true;
        } catch (IllegalArgumentException notPercentEncoded) {
            return false;
        }
    }

    /** Empty also where the address cannot be decoded. */
    public static Optional<String> find(HttpServerRequest request, String name) {
        return areReadable(request) ? Optional.ofNullable(request.getParam(name)) : Optional.empty();
    }
}
