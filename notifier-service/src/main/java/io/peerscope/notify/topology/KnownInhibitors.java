package io.peerscope.notify.topology;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.notify.policy.Inhibitors;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Inhibitions and their causes as this task has read them: every task knows all. The stores are the truth. */
final class KnownInhibitors {
    private final KeyValueStore<String, Inhibition> inhibitions;
    private final KeyValueStore<String, Alert> causes;
    private final Inhibitors inhibitors = Inhibitors.none();

    KnownInhibitors(KeyValueStore<String, Inhibition> inhibitions, KeyValueStore<String, Alert> causes) {
        this.inhibitions = inhibitions;
        this.causes = causes;
        try (KeyValueIterator<String, Inhibition> all = inhibitions.all()) {
            all.forEachRemaining(entry -> inhibitors.put(entry.value));
        }
        try (KeyValueIterator<String, Alert> all = causes.all()) {
            all.forEachRemaining(entry -> inhibitors.on(entry.value));
        }
    }

    Inhibitors view() {
        return inhibitors;
    }

    /** @param inhibition null: removed */
    void change(String id, @Nullable Inhibition inhibition) {
        if (inhibition == null) {
            inhibitors.remove(id);
            inhibitions.delete(id);
        } else {
            inhibitors.put(inhibition);
            inhibitions.put(id, inhibition);
        }
    }

    /** Of an alert that may be a cause, or was one. */
    void hear(AlertEvent event) {
        Alert alert = event.data();
        if (Inhibitors.isOn(alert)) {
            inhibitors.on(alert);
            causes.put(alert.key(), alert);
        } else {
            inhibitors.off(alert.key());
            causes.delete(alert.key());
        }
    }
}
