package io.peerscope.ingest.wiring;

import io.peerscope.foundation.health.Condition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when batches would be accepted. */
@Readiness
@ApplicationScoped
public class IngestReadiness implements HealthCheck {
    private final IngestService service;

    @Inject
    public IngestReadiness(IngestService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        return Condition.readiness("ingest", service.conditions());
    }
}
