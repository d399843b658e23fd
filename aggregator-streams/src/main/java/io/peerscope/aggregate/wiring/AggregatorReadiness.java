package io.peerscope.aggregate.wiring;

import io.peerscope.foundation.health.Condition;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the topology runs. */
@Readiness
@Singleton
public class AggregatorReadiness implements HealthCheck {
    private final AggregatorStreams aggregator;

    AggregatorReadiness(AggregatorStreams aggregator) {
        this.aggregator = aggregator;
    }

    @Override
    public HealthCheckResponse call() {
        return Condition.readiness("aggregator", aggregator.conditions());
    }
}
