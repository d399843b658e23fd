package io.peerscope.foundation.health;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The addresses that probes and scrapers know by habit, in every service: {@code /health} and {@code /q/metrics}. */
@ApplicationScoped
public class OperatorPaths {

    void register(@Observes Router router) {
        router.get("/health").handler(request -> request.reroute("/q/health"));
        router.get("/q/metrics").handler(request -> request.reroute("/metrics"));
    }
}
