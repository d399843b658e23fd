package io.peerscope.query.network;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.link.IncidentLive;
import io.peerscope.contracts.link.IncidentLive.Child;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An incident with the alerts that belong to it.
 *
 * @param status open or ended
 * @param alerts ids of open alerts of the cause
 * @param childAlerts ids of open alerts of the children that began while it lasted
 */
public record IncidentView(
        String id,
        String status,
        String cause,
        String name,
        Instant startedAt,
        @Nullable Instant endedAt,
        int links,
        double share,
        List<Child> children,
        List<String> alerts,
        List<String> childAlerts,
        boolean simulated) {

    public static IncidentView of(IncidentLive incident, Collection<Alert> open) {
        Set<String> children = new HashSet<>();
        incident.children().forEach(child -> children.add(child.host()));
        return new IncidentView(
                incident.id(),
                incident.endedAt() == null ? "open" : "ended",
                incident.cause(),
                incident.name(),
                incident.startedAt(),
                incident.endedAt(),
                incident.links(),
                incident.share(),
                incident.children(),
                ids(open.stream().filter(alert -> isOf(alert, incident)).toList()),
                ids(open.stream()
                        .filter(alert -> children.contains(alert.host()) && !isOf(alert, incident))
                        .filter(alert -> !alert.startedAt().isBefore(incident.startedAt()))
                        .toList()),
                incident.simulated());
    }

    private static boolean isOf(Alert alert, IncidentLive incident) {
        return incident.cause().equals("host")
                ? alert.host().equals(incident.name())
                : alert.subject().kind().equals("incident")
                        && incident.name().equals(alert.subject().labels().get("name"));
    }

    private static List<String> ids(List<Alert> alerts) {
        return alerts.stream().map(Alert::id).sorted().toList();
    }
}
