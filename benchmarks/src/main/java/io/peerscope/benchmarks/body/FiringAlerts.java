package io.peerscope.benchmarks.body;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.alert.Severity;
import java.time.Instant;
import java.util.Map;

/** Critical alerts as the alert service tells of them, one for each host. */
public final class FiringAlerts {
    private FiringAlerts() {}

    public static AlertEvent event(String host, String summary, Instant now) {
        Alert alert = new Alert(
                "a-" + host,
                "cpu_usage",
                1,
                host,
                new AlertSubject("host", Map.of("region", "eu")),
                "cpu_usage",
                AlertStatus.FIRING,
                Severity.CRITICAL,
                97.0,
                90.0,
                now,
                now,
                now,
                null,
                null,
                null,
                null,
                null,
                null,
                summary,
                Map.of("team", "ops"),
                true,
                false,
                null);
        return AlertEvent.of(AlertTransition.FIRING, alert, 1, null);
    }
}
