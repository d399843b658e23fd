package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.link.IncidentLive;
import io.peerscope.contracts.notify.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One channel with its state, and what its readers were told. */
final class Ear {
    final List<Verdict.Send> messages = new ArrayList<>();
    final List<Instant> times = new ArrayList<>();
    final List<Held> held = new ArrayList<>();
    final Inhibitors inhibitors = Inhibitors.none();
    /** By link. */
    final Map<String, IncidentLive> incidents = new HashMap<>();

    Channel channel;
    private final Map<String, Told> known = new HashMap<>();
    private SendWindow window = SendWindow.empty();

    Ear(Channel channel) {
        this.channel = channel;
    }

    void hear(AlertEvent event, Instant now) {
        inhibitors.hear(event);
        String key = event.data().key();
        ChannelPolicy.Step step = ChannelPolicy.onEvent(situation(now), Optional.ofNullable(known.get(key)), event);
        window = step.window();
        Optional.ofNullable(step.told()).ifPresent(told -> known.put(key, told));
        switch (step.verdict()) {
            case Verdict.Send send -> say(send, now);
            case Verdict.Hold hold -> {
                if (hold.why() != Held.NOT_NEWS) {
                    held.add(hold.why());
                }
            }
        }
    }

    void tick(Instant now) {
        known.values().removeIf(told -> ChannelRound.forgettable(channel, told, now));
        ChannelRound.Due due = ChannelRound.of(situation(now), Map.copyOf(known));
        window = due.window();
        known.putAll(due.told());
        due.messages().forEach(send -> say(send, now));
    }

    /** Messages from this one on did not arrive. */
    void cutOff(int from, Instant now) {
        while (messages.size() > from) {
            Verdict.Send message = messages.remove(from);
            undelivered(from, message.alerts(), new Undelivered(message.alerts(), heard(from)), now);
        }
    }

    /** The receiver would not have any from this one on. */
    void refuse(int from, Instant now) {
        while (messages.size() > from) {
            refused(from, now, false);
        }
    }

    /** The receiver takes no message that names such an alert. */
    void spurn(Predicate<Alert> guilty, Instant now) {
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).alerts().stream().anyMatch(guilty)) {
                refused(i--, now, true);
            }
        }
    }

    private void refused(int index, Instant now, boolean suspect) {
        Verdict.Send message = messages.remove(index);
        undelivered(index, message.alerts(), Undelivered.refused(message.alerts(), heard(index), suspect), now);
    }

    /** Somebody has edited the channel, or a test got through. */
    void mend(Instant now) {
        known.replaceAll((key, told) -> Refusals.mended(told, now).orElse(told));
    }

    private Set<String> heard(int before) {
        Set<String> heard = new HashSet<>();
        messages.subList(0, before).forEach(said -> said.alerts().forEach(alert -> heard.add(alert.id())));
        return heard;
    }

    private void undelivered(int index, List<Alert> alerts, Undelivered back, Instant now) {
        times.remove(index);
        for (Alert alert : alerts) {
            back.of(alert, Optional.ofNullable(known.get(alert.key())), now)
                    .ifPresent(told -> known.put(alert.key(), told));
        }
    }

    private Situation situation(Instant now) {
        return Situation.of(
                channel,
                window,
                inhibitors,
                link -> Optional.ofNullable(incidents.get(link)).stream().toList(),
                now);
    }

    private void say(Verdict.Send send, Instant now) {
        messages.add(send);
        times.add(now);
    }

    List<String> said() {
        return messages.stream()
                .map(m -> m.type().word().replace("alert.", "") + " "
                        + m.alerts().getFirst().host())
                .toList();
    }

    Set<String> named() {
        Set<String> hosts = new HashSet<>();
        messages.forEach(m -> m.alerts().forEach(alert -> hosts.add(alert.host())));
        return hosts;
    }

    Set<String> endsNamed() {
        Set<String> hosts = new HashSet<>();
        messages.forEach(m -> m.alerts().stream()
                .filter(alert -> alert.status() == AlertStatus.RESOLVED)
                .forEach(alert -> hosts.add(alert.host())));
        return hosts;
    }

    /** Ids of the alerts that the readers take to be on. */
    Set<String> believedFiring() {
        return believedSeverity().keySet();
    }

    /** By alert id. */
    Map<String, Severity> believedSeverity() {
        Map<String, Severity> on = new HashMap<>();
        for (Verdict.Send message : messages) {
            for (Alert alert : message.alerts()) {
                if (alert.status() == AlertStatus.RESOLVED) {
                    on.remove(alert.id());
                } else {
                    on.put(alert.id(), alert.severity());
                }
            }
        }
        return on;
    }

    /** As after a restart. */
    void remember(Told told) {
        known.put(told.alert().key(), told);
    }

    int knownKeys() {
        return known.size();
    }
}
