package io.peerscope.gateway.page;

import io.peerscope.contracts.problem.ErrorCode;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * The dashboard's addresses. Every page is the same document, which finds out in the browser what to show; the bundler's
 * handler serves it and the scripts, here it gets its addresses, its headers and its caching.
 */
public final class Pages {
    private static final String HOME = "/p2p/monitoring";
    private static final String DOCUMENT = "/index.html";
    private static final String BUNDLES = "/static/";
    private static final List<String> READ_ONLY =
            List.of("/", "/p2p", "/login", HOME, HOME + "/*", DOCUMENT, BUNDLES + "*");
    /** Before the bundler's handlers, which would answer first. */
    private static final int EARLY = -1000;

    private static final int EARLIEST = -2000;

    /** Under which a document remembers the page it is for. */
    private static final String ASKED = "peerscope.page";

    /** Styles come from style sheets and the object model only, so nothing inline is needed. */
    private static final String CONTENT_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    private Pages() {}

    public static void on(Router router) {
        // Whatever a browser may be made to open, errors included; those who only post have no use for it.
        router.route()
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(EARLIEST)
                .handler(exchange -> {
                    exchange.addHeadersEndHandler(sent -> protect(exchange.request(), exchange.response()));
                    exchange.next();
                });
        READ_ONLY.forEach(path -> router.route(path).order(EARLIEST).handler(Pages::refuseWrites));
        redirect(router, "/");
        redirect(router, "/p2p");
        document(router, "/login");
        document(router, HOME);
        document(router, HOME + "/*");
        Preloads preloads = Preloads.bundled(DOCUMENT);
        router.get(DOCUMENT).order(EARLY).handler(exchange -> documentHeaders(exchange, preloads.link(page(exchange))));
        router.get(BUNDLES + "*").order(EARLY).handler(Pages::bundleHeaders);
    }

    private static void document(Router router, String path) {
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(EARLY)
                .handler(exchange -> {
                    exchange.put(ASKED, exchange.normalizedPath());
                    exchange.reroute(exchange.request().method(), DOCUMENT);
                });
    }

    private static String page(RoutingContext exchange) {
        String asked = exchange.get(ASKED, DOCUMENT);
        if (asked.equals(HOME)) {
            return "overview";
        }
        return asked.startsWith(HOME + "/") ? asked.substring(HOME.length() + 1) : "";
    }

    private static void redirect(Router router, String path) {
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(EARLY)
                .handler(exchange -> exchange.response()
                        .setStatusCode(302)
                        .putHeader("Location", HOME)
                        .putHeader("Cache-Control", "no-store")
                        .end());
    }

    private static void refuseWrites(RoutingContext exchange) {
        HttpMethod method = exchange.request().method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            exchange.next();
            return;
        }
        exchange.response().putHeader("Allow", "GET, HEAD");
        Problems.send(exchange, ErrorCode.METHOD_NOT_ALLOWED, "this address can only be read: GET or HEAD");
    }

    private static void documentHeaders(RoutingContext exchange, String link) {
        exchange.addHeadersEndHandler(sent -> {
            MultiMap headers = exchange.response().headers();
            if (!link.isEmpty()) {
                headers.set("Link", link);
            }
            headers.set("Cache-Control", "no-store");
            headers.remove("Last-Modified");
        });
        // A page that was stored by an earlier release must not be confirmed as still good.
        exchange.request().headers().remove("If-Modified-Since");
        exchange.next();
    }

    private static void bundleHeaders(RoutingContext exchange) {
        exchange.addHeadersEndHandler(sent -> {
            HttpServerResponse response = exchange.response();
            if (response.getStatusCode() == 200) {
                // The name contains a hash of the content.
                response.headers().set("Cache-Control", "public, immutable, max-age=31536000");
            }
        });
        exchange.next();
    }

    private static void protect(HttpServerRequest request, HttpServerResponse response) {
        MultiMap headers = response.headers();
        headers.set("Content-Security-Policy", CONTENT_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        if (request.isSSL()) {
            headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
    }
}
