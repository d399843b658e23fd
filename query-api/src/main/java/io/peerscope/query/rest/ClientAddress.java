package io.peerscope.query.rest;

import io.peerscope.query.access.TrustedProxies;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** From where a request comes, as far as that can be believed. */
final class ClientAddress {
    private ClientAddress() {}

    static String of(HttpServerRequest connection, TrustedProxies proxies) {
        return proxies.client(
                String.valueOf(connection.remoteAddress().hostAddress()),
                List.copyOf(connection.headers().getAll("X-Forwarded-For")));
    }
}
