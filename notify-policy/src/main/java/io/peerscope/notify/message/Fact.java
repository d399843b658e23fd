package io.peerscope.notify.message;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import java.util.ArrayList;
import java.util.List;

/** One thing to know of an alert; in the order in which people ask. Free of control characters, not of markup. */
public record Fact(String name, String value) {
    public static List<Fact> of(Alert alert) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "Status",
                alert.status().word() + ", " + alert.severity().word() + (alert.flapping() ? ", comes and goes" : "")));
        facts.add(new Fact("Where", AlertText.clean(AlertText.where(alert))));
        if (alert.value() != null && alert.threshold() != null) {
            Quantity quantity = Quantity.of(alert.metric());
            facts.add(new Fact(
                    "Value",
                    "%s %s, limit %s"
                            .formatted(
                                    AlertText.clean(alert.metric()),
                                    quantity.text(alert.value()),
                                    quantity.text(alert.threshold()))));
        }
        facts.add(new Fact("Since", AlertText.time(alert.startedAt())));
        if (alert.status() == AlertStatus.RESOLVED && alert.resolvedAt() != null) {
            facts.add(new Fact(
                    "Until",
                    AlertText.time(alert.resolvedAt()) + ", lasted "
                            + AlertText.lasted(alert.startedAt(), alert.resolvedAt())));
        }
        if (alert.acknowledgedBy() != null) {
            facts.add(new Fact("Acknowledged", "by " + AlertText.clean(alert.acknowledgedBy())));
        }
        facts.add(new Fact("Rule", AlertText.clean(alert.ruleId()) + " (version " + alert.ruleVersion() + ")"));
        if (alert.simulated()) {
            facts.add(new Fact("Simulated", "yes, no real host is affected"));
        }
        return List.copyOf(facts);
    }
}
