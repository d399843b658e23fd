package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.link.IncidentLive;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.notify.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is the case when something is decided for a channel.
 *
 * @param window when the channel was sent something lately
 * @param inhibitors what keeps other alerts from being told
 * @param incidents what links failed of together
 * @param quiet whether only what is critical is sent
 */
public record Situation(
        Channel channel, SendWindow window, Inhibitors inhibitors, Incidents incidents, Instant now, boolean quiet) {
    /** What hosts say of their links, and what is concluded of both ends. */
    private static final Set<String> OF_LINKS = Set.of("connection", "link");

    /** The alert of an incident comes so long after it; rules that do not wait must. */
    private static final Duration ALERT_TO_COME = Duration.ofSeconds(15);

    /** When an incident is over, whoever is still cut off gets an alert, which needs so long. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(5);

    public static Situation of(
            Channel channel, SendWindow window, Inhibitors inhibitors, Incidents incidents, Instant now) {
        return new Situation(channel, window, inhibitors, incidents, now, channel.isQuiet(now));
    }

    /** The same with another window. */
    Situation with(SendWindow other) {
        return new Situation(channel, other, inhibitors, incidents, now, quiet);
    }

    int maxPerMinute() {
        return channel.pace().maxPerMinute();
    }

    /**
     * The incident, else the alert of a host, that an alert of a link is part of and that this channel is told of; empty: it
     * stands for itself.
     */
    public Optional<String> cause(Alert alert) {
        String peer = alert.subject().labels().get("peer");
        if (peer == null || !OF_LINKS.contains(alert.subject().kind())) {
            return Optional.empty();
        }
        for (IncidentLive incident : incidents.of(LinkLive.key(alert.host(), peer))) {
            if (explains(incident)) {
                return Optional.of(incident.id());
            }
        }
        return inhibitors
                .telling(channel, Trouble.ofHost(alert.host()))
                .or(() -> inhibitors.telling(channel, Trouble.ofHost(peer)))
                .map(Alert::id);
    }

    private boolean explains(IncidentLive incident) {
        Instant end = incident.endedAt();
        if (end != null) {
            return now.isBefore(end.plus(AFTERWARDS));
        }
        return now.isBefore(incident.startedAt().plus(ALERT_TO_COME))
                || inhibitors
                        .telling(channel, new Trouble(incident.cause(), incident.name()))
                        .isPresent();
    }
}
