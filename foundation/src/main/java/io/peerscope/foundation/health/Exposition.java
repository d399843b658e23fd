package io.peerscope.foundation.health;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.prometheus.client.exporter.common.TextFormat;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * {@code /metrics} in the form that is preferred by who asks: OpenMetrics, or the older text. The platform's own route
 * refuses whoever asks for OpenMetrics alone, and gives the older text to whoever can read that at all.
 */
@Singleton
public final class Exposition {
    /** Before the platform's route for the same path. */
    private static final int EARLY = -100;

    private final Instance<PrometheusMeterRegistry> registries;

    public Exposition(Instance<PrometheusMeterRegistry> registries) {
        this.registries = registries;
    }

    void register(@Observes Router router) {
        router.route("/metrics")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(EARLY)
                // A large network has thousands of lines.
                .blockingHandler(this::answer, false);
    }

    private void answer(RoutingContext request) {
        if (!registries.isResolvable()) {
            request.next();
            return;
        }
        HttpServerResponse response = request.response();
        // What the platform sets where it compresses nothing unless told so.
        response.headers().remove("Content-Encoding");
        Optional<String> form = form(request.parsedHeaders().accept());
        if (form.isEmpty()) {
            response.setStatusCode(ErrorCode.NOT_ACCEPTABLE.status())
                    .putHeader("Content-Type", Problem.MEDIA_TYPE)
                    .end(Buffer.buffer(Json.encode(Problem.of(
                            ErrorCode.NOT_ACCEPTABLE, "metrics are application/openmetrics-text or text/plain"))));
            return;
        }
        response.putHeader("Content-Type", form.get());
        if (request.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(registries.get().scrape(form.get()));
        }
    }

    /** @param accepted what is preferred comes first; none: anything */
    static Optional<String> form(List<MIMEHeader> accepted) {
        return accepted.isEmpty()
                ? Optional.of(TextFormat.CONTENT_TYPE_OPENMETRICS_100)
                : accepted.stream()
                        .filter(each -> each.weight() > 0)
                        .map(Exposition::form)
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    private static Optional<String> form(MIMEHeader accepted) {
        return switch (accepted.component() + "/" + accepted.subComponent()) {
            case "application/openmetrics-text", "application/*", "*/*" ->
                Optional.of(TextFormat.CONTENT_TYPE_OPENMETRICS_100);
            // What a browser asks for is to be read by people.
            case "text/plain", "text/html", "text/*" -> Optional.of(TextFormat.CONTENT_TYPE_004);
            default -> Optional.empty();
        };
    }
}
