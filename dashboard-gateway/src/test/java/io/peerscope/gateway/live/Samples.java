package io.peerscope.gateway.live;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.live.NetworkLive;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Hosts, alerts and totals as tests need them. */
public final class Samples {
    public static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");

    private Samples() {}

    public static HostLive host(String name, HostStatus status) {
        return new HostLive(
                name,
                status,
                T0,
                T0,
                T0,
                0,
                Map.of(),
                Map.of("cpu_usage", 42.0),
                List.of(),
                new LinksLive(0, 0, null),
                false);
    }

    public static HostLive host(String name) {
        return host(name, HostStatus.UP);
    }

    public static NetworkLive network(int hosts, Instant asOf) {
        return new NetworkLive(hosts, 0, null, 99.5, null, new NetworkLive.ActiveMaps(null, null), 0, asOf);
    }

    public static Alert alert(String id, String host, Severity severity, AlertStatus status) {
        return new Alert(
                id,
                "cpu_usage",
                1,
                host,
                new AlertSubject("host", Map.of()),
                "cpu_usage",
                status,
                severity,
                95.0,
                90.0,
                T0,
                T0,
                T0,
                null,
                null,
                null,
                null,
                null,
                null,
                "CPU of " + host,
                Map.of(),
                false,
                false,
                null);
    }

    public static AlertEvent fired(String id) {
        return AlertEvent.of(AlertTransition.FIRING, alert(id, "h1", Severity.CRITICAL, AlertStatus.FIRING), 1, null);
    }
}
