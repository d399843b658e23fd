package io.peerscope.foundation.health;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The addresses that probes and scrapers know by habit, in every service: {@code /health} and {@code /q/metrics}; and the
 * port that they have to themselves where {@code peerscope.operator.port} is set.
 */
@ApplicationScoped
public class OperatorPaths {
    private static final String CERTIFICATE = "quarkus.http.ssl.certificate.";
    private static final Duration CERTIFICATE_AGAIN = Duration.ofMinutes(10);

    private Optional<OperatorPort> port = Optional.empty();

    void register(@Observes Router router, Vertx vertx, OperatorSettings settings) {
        alias(router, "/health", "/q/health");
        alias(router, "/q/metrics", "/metrics");
        settings.port().ifPresent(number -> {
            requireOwn(number);
            OperatorPort.divide(router, number);
            port = Optional.of(OperatorPort.open(vertx, router, host(settings), number, tls()));
        });
    }

    /** Two servers of one process on one port would take turns. */
    private static void requireOwn(int port) {
        for (String other : List.of("quarkus.http.port", "quarkus.http.ssl-port")) {
            ConfigProvider.getConfig()
                    .getOptionalValue(other, Integer.class)
                    .filter(taken -> taken == port)
                    .ifPresent(taken -> {
                        throw new IllegalStateException(
                                "peerscope.operator.port is %d, and so is %s".formatted(port, other));
                    });
        }
    }

    @PreDestroy
    void close() {
        port.ifPresent(OperatorPort::close);
    }

    private static String host(OperatorSettings settings) {
        return settings.host()
                .or(() -> ConfigProvider.getConfig().getOptionalValue("quarkus.http.host", String.class))
                .orElse("127.0.0.1");
    }

    /** The service's own. */
    private static Optional<OperatorPort.Tls> tls() {
        Config config = ConfigProvider.getConfig();
        return config.getOptionalValue(CERTIFICATE + "files", String.class)
                .flatMap(certificate -> config.getOptionalValue(CERTIFICATE + "key-files", String.class)
                        .map(key -> new OperatorPort.Tls(
                                certificate,
                                key,
                                config.getOptionalValue(CERTIFICATE + "reload-period", Duration.class)
                                        .orElse(CERTIFICATE_AGAIN))));
    }

    private static void alias(Router router, String path, String target) {
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(request -> request.reroute(request.request().method(), target));
        router.route(path).handler(OperatorPaths::refuse);
    }

    private static void refuse(RoutingContext request) {
        request.response()
                .setStatusCode(ErrorCode.METHOD_NOT_ALLOWED.status())
                .putHeader("Allow", "GET, HEAD")
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(Buffer.buffer(Json.encode(
                        Problem.of(ErrorCode.METHOD_NOT_ALLOWED, "this address can only be read: GET or HEAD"))));
    }
}
