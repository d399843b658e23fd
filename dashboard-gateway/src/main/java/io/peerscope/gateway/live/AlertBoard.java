package io.peerscope.gateway.live;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.Severity;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The alerts that are firing or without data, by alert key. Not thread-safe. */
final class AlertBoard {
    private static final Comparator<Alert> WORST_FIRST = Comparator.comparing(Alert::severity)
            .reversed()
            .thenComparing(Comparator.comparing(Alert::updatedAt).reversed())
            // Two gateways show the same, also of those that came in one moment and of what is cut off.
            .thenComparing(Alert::id);

    private final Map<String, Alert> active = new HashMap<>();
    private final Map<String, Integer> firingByHost = new HashMap<>();

    /**
     * @param alert null: the alert is closed
     * @return the hosts whose trouble may have changed; at most two
     */
    List<String> put(String key, @Nullable Alert alert) {
        boolean shown = alert != null
                && switch (alert.status()) {
                    case FIRING, NO_DATA -> true;
                    case PENDING, RESOLVED -> false;
                };
        Alert old = alert != null && shown ? active.put(key, alert) : active.remove(key);
        count(old, -1);
        count(shown ? alert : null, 1);
        if (old == null) {
            return alert == null ? List.of() : List.of(alert.host());
        }
        return alert == null || alert.host().equals(old.host())
                ? List.of(old.host())
                : List.of(old.host(), alert.host());
    }

    /** Whether an alert of warning or worse is firing on the host. */
    boolean troubles(String host) {
        return firingByHost.containsKey(host);
    }

    int total() {
        return active.size();
    }

    Map<Severity, Integer> bySeverity() {
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        active.values().forEach(alert -> counts.merge(alert.severity(), 1, Integer::sum));
        return counts;
    }

    List<Alert> worst(int most) {
        return active.values().stream().sorted(WORST_FIRST).limit(most).toList();
    }

    private void count(@Nullable Alert alert, int by) {
        if (alert != null
                && alert.status() == AlertStatus.FIRING
                && alert.severity().atLeast(Severity.WARNING)) {
            firingByHost.merge(alert.host(), by, (before, change) -> before + change == 0 ? null : before + change);
        }
    }
}
