package io.peerscope.alert.wiring;

import io.peerscope.foundation.health.Condition;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the topology runs. */
@Readiness
@Singleton
public class AlertReadiness implements HealthCheck {
    private final AlertService service;

    public AlertReadiness(AlertService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        return Condition.readiness("alert-service", service.conditions());
    }
}
