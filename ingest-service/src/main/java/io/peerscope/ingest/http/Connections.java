package io.peerscope.ingest.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** What an answer says about its connection. */
public final class Connections {
    private Connections() {}

    /** The connection ends after this answer. HTTP/2 forbids the word, and clients take an answer that has it for broken. */
    public static void endAfter(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }
}
