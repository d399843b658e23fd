package io.peerscope.contracts.notify;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertMatchers;
import java.util.List;
import java.util.Map;

/**
 * While one alert is on, others that follow from it are not told; value of {@code notifications.inhibitions}. The words
 * are those of Alertmanager's {@code inhibit_rules}.
 *
 * @param sourceMatchers of the alert that is the cause, as in {@link AlertMatchers}
 * @param targetMatchers of those that are not told
 * @param equal fields or labels in which both must be alike; one that both lack counts as alike
 */
public record Inhibition(
        String id, Map<String, String> sourceMatchers, Map<String, String> targetMatchers, List<String> equal) {

    public boolean isSource(Alert alert) {
        return AlertMatchers.accept(sourceMatchers, alert);
    }

    public boolean isTarget(Alert alert) {
        return AlertMatchers.accept(targetMatchers, alert);
    }

    /** What must be the same of source and target. */
    public List<String> alike(Alert alert) {
        return equal.stream().map(name -> AlertMatchers.value(name, alert)).toList();
    }
}
