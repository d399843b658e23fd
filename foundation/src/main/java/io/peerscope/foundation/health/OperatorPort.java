package io.peerscope.foundation.health;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * A port for health and metrics, {@code /health}, {@code /metrics} and what is below {@code /q/}, which are then nowhere
 * else; and nothing else is there. Only the description of the API, {@code /q/openapi}, stays with the API.
 */
final class OperatorPort implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OperatorPort.class);
    /** After the access log, before everything that answers. */
    private static final int EARLY = Integer.MIN_VALUE + 1;

    private static final Duration BOUND = Duration.ofSeconds(20);

    private final HttpServer server;
    private final Runnable stopRenewing;

    private OperatorPort(HttpServer server, Runnable stopRenewing) {
        this.server = server;
        this.stopRenewing = stopRenewing;
    }

    /** A certificate with its key, both PEM files, read anew so often: they are replaced while we run. */
    record Tls(String certificate, String key, Duration again) {
        /** What they hold now. */
        PemKeyCertOptions read() {
            try {
                return new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(Files.readAllBytes(Path.of(certificate))))
                        .setKeyValue(Buffer.buffer(Files.readAllBytes(Path.of(key))));
            } catch (IOException e) {
                throw new UncheckedIOException(certificate + " or " + key + " cannot be read", e);
            }
        }
    }

    /** From now on each of the router's addresses is on one of the two ports only. */
    static void divide(Router router, int port) {
        router.route().order(EARLY).handler(exchange -> {
            boolean here = exchange.request().localAddress().port() == port;
            if (here == isOperators(exchange.normalizedPath())) {
                exchange.next();
            } else {
                refuse(exchange);
            }
        });
    }

    /** @throws IllegalStateException when nobody can listen there */
    static OperatorPort open(Vertx vertx, Router router, String host, int port, Optional<Tls> tls) {
        HttpServerOptions options = new HttpServerOptions().setHost(host).setPort(port);
        tls.ifPresent(one -> options.setSsl(true).setKeyCertOptions(one.read()));
        HttpServer server = vertx.createHttpServer(options).requestHandler(router);
        try {
            server.listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failed) {
            throw new IllegalStateException(
                    "nothing can listen on %s:%d (peerscope.operator.port)".formatted(host, port), failed);
        }
        Optional<Long> renewing =
                tls.map(one -> vertx.setPeriodic(one.again().toMillis(), timer -> renew(vertx, server, one)));
        return new OperatorPort(server, () -> renewing.ifPresent(vertx::cancelTimer));
    }

    /** What cannot be read takes nothing's place. */
    private static void renew(Vertx vertx, HttpServer server, Tls tls) {
        vertx.executeBlocking(() -> {
                    PemKeyCertOptions pair = tls.read();
                    pair.getKeyManagerFactory(vertx);
                    return pair;
                })
                .compose(pair -> server.updateSSLOptions(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(pair)
                        .getSslOptions()))
                .onFailure(failed -> LOG.errorf("the certificate %s cannot be read: %s", tls.certificate(), failed));
    }

    int port() {
        return server.actualPort();
    }

    /** @param path without dots, and decoded as far as the router does it */
    static boolean isOperators(String path) {
        String plain = path.toLowerCase(Locale.ROOT);
        return plain.startsWith("/q/") && !isOpenApi(plain)
                || plain.equals("/q")
                || is(plain, "/health")
                || is(plain, "/metrics");
    }

    private static boolean isOpenApi(String path) {
        return path.equals("/q/openapi") || path.equals("/q/openapi/");
    }

    private static boolean is(String path, String own) {
        return path.equals(own) || path.startsWith(own + "/");
    }

    private static void refuse(RoutingContext exchange) {
        exchange.response()
                .setStatusCode(ErrorCode.NOT_FOUND.status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(Buffer.buffer(
                        Json.encode(Problem.of(ErrorCode.NOT_FOUND, "nothing has this address on this port"))));
    }

    @Override
    public void close() {
        stopRenewing.run();
        try {
            server.close().toCompletionStage().toCompletableFuture().get(BOUND.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            LOG.debugf("the operators' port was not closed in order: %s", e);
        }
    }
}
