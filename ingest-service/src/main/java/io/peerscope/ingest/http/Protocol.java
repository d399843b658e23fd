package io.peerscope.ingest.http;

import io.peerscope.ingest.intake.Reply;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;

/**
 * One wire protocol: where it is spoken, how its requests are read and how its answers are worded. What lies between, from
 * the credential to Kafka, is the same for all. Only {@code POST} is ever opened.
 */
public interface Protocol {
    /** For meters: {@code native}, {@code remote_write} … */
    String name();

    List<String> paths();

    /** The token as the request has it, empty where it has none. */
    default Optional<String> token(HttpServerRequest request) {
        return Credentials.bearer(request);
    }

    /** Looks at the head alone; nothing of the body has been read. */
    Opening open(HttpServerRequest request);

    /**
     * Writes status, body and the protocol's own headers. Those which every answer has are set already: {@code
     * Cache-Control}, and where it applies {@code Retry-After}, {@code WWW-Authenticate} and {@code Allow}.
     */
    void answer(HttpServerRequest request, HttpServerResponse response, Reply reply);
}
