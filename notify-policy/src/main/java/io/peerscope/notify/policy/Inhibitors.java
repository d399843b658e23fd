package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertMatchers;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.Inhibition;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which alerts keep which others from being told. As with Alertmanager, an alert that is both source and target is not
 * inhibited by one that is both too, itself included. Unlike there, an alert inhibits only where it is told: nobody is
 * left to know neither the cause nor what follows from it.
 */
public final class Inhibitors {
    private final Map<String, Inhibition> inhibitions = new TreeMap<>();
    /** What is on and may be a cause, by alert key. */
    private final Map<String, Alert> causes = new HashMap<>();
    /** By inhibition and what must be alike, then by alert key. */
    private final Map<Bond, Map<String, Alert>> index = new HashMap<>();

    /** Alerts of what links fail of, by alert key. */
    private final Map<Trouble, Map<String, Alert>> troubles = new HashMap<>();

    private record Bond(String inhibition, List<String> alike) {}

    public static Inhibitors none() {
        return new Inhibitors();
    }

    public void put(Inhibition inhibition) {
        remove(inhibition.id());
        inhibitions.put(inhibition.id(), inhibition);
        causes.values().forEach(alert -> index(inhibition, alert));
    }

    public void remove(String id) {
        inhibitions.remove(id);
        index.keySet().removeIf(bond -> bond.inhibition().equals(id));
    }

    /** Whether anybody needs to know that it is on. */
    public boolean mayInhibit(Alert alert) {
        return Trouble.toldBy(alert).isPresent()
                || inhibitions.values().stream().anyMatch(inhibition -> inhibition.isSource(alert));
    }

    /** @return whether it concerns a cause: one that may be one, or is over */
    public boolean hear(AlertEvent event) {
        Alert alert = event.data();
        if (isOn(alert) && mayInhibit(alert)) {
            on(alert);
            return true;
        }
        boolean was = causes.containsKey(alert.key());
        off(alert.key());
        return was;
    }

    public static boolean isOn(Alert alert) {
        return alert.status() == AlertStatus.FIRING || alert.status() == AlertStatus.NO_DATA;
    }

    public void on(Alert alert) {
        off(alert.key());
        causes.put(alert.key(), alert);
        inhibitions.values().forEach(inhibition -> index(inhibition, alert));
        Trouble.toldBy(alert).ifPresent(trouble -> troubles.computeIfAbsent(trouble, t -> new HashMap<>())
                .put(alert.key(), alert));
    }

    public void off(String alertKey) {
        if (causes.remove(alertKey) != null) {
            remove(alertKey, index);
            remove(alertKey, troubles);
        }
    }

    private static void remove(String alertKey, Map<?, Map<String, Alert>> from) {
        from.values().removeIf(alerts -> {
            alerts.remove(alertKey);
            return alerts.isEmpty();
        });
    }

    /** An alert of this trouble that the channel is told of. */
    Optional<Alert> telling(Channel channel, Trouble trouble) {
        return troubles.getOrDefault(trouble, Map.of()).values().stream()
                .filter(alert -> wants(channel, alert))
                .findFirst();
    }

    private void index(Inhibition inhibition, Alert alert) {
        if (inhibition.isSource(alert)) {
            index.computeIfAbsent(new Bond(inhibition.id(), inhibition.alike(alert)), bond -> new HashMap<>())
                    .put(alert.key(), alert);
        }
    }

    boolean inhibit(Channel channel, Alert alert) {
        if (index.isEmpty()) {
            return false;
        }
        for (Inhibition inhibition : inhibitions.values()) {
            if (inhibition.isTarget(alert) && inhibits(inhibition, channel, alert, causes(inhibition, alert))) {
                return true;
            }
        }
        return false;
    }

    private Collection<Alert> causes(Inhibition inhibition, Alert target) {
        return index.getOrDefault(new Bond(inhibition.id(), inhibition.alike(target)), Map.of())
                .values();
    }

    private static boolean inhibits(Inhibition inhibition, Channel channel, Alert target, Collection<Alert> causes) {
        boolean both = inhibition.isSource(target);
        return causes.stream()
                .filter(cause -> !cause.key().equals(target.key()))
                .filter(cause -> !both || !inhibition.isTarget(cause))
                .anyMatch(cause -> wants(channel, cause));
    }

    private static boolean wants(Channel channel, Alert cause) {
        return cause.severity().atLeast(channel.interest().minSeverity())
                && AlertMatchers.accept(channel.interest().matchers(), cause);
    }
}
