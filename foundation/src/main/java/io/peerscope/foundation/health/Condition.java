package io.peerscope.foundation.health;

import java.util.Collection;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** How a part is; the worst part makes the service's readiness. Degraded still serves. */
public sealed interface Condition {
    record Ok() implements Condition {}

    record Degraded(String why) implements Condition {}

    record Down(String why) implements Condition {}

    /** A part that can say how it is. */
    @FunctionalInterface
    interface Source {
        Condition condition();
    }

    static Condition ok() {
        return new Ok();
    }

    /** One readiness answer for a service: up unless a part is down; each reason is shown. */
    static HealthCheckResponse readiness(String service, Collection<Condition> parts) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(service).up();
        int number = 0;
        for (Condition part : parts) {
            switch (part) {
                case Ok ok -> {}
                case Degraded degraded -> response.withData("degraded-" + ++number, degraded.why());
                case Down down -> response.down().withData("down-" + ++number, down.why());
            }
        }
        return response.build();
    }
}
