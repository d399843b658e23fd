package io.peerscope.notify.message;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.notify.Contributor;
import io.peerscope.contracts.notify.OutboxMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One thing to know of an alert; in the order in which people ask. Free of control characters, not of markup. */
public record Fact(String name, String value) {
    private static final int NAME_LIMIT = 64;

    /** Of the only alert of a message. */
    public static List<Fact> of(OutboxMessage message) {
        return of(message.alerts().getFirst(), message.contributors());
    }

    /** @param contributors who has the largest part in it */
    static List<Fact> of(Alert alert, List<Contributor> contributors) {
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
        if (!contributors.isEmpty()) {
            facts.add(new Fact(
                    "Contributors", contributors.stream().map(Fact::text).collect(Collectors.joining("; "))));
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

    private static String text(Contributor contributor) {
        return "%s %s, %s %s"
                .formatted(
                        contributor.kind(),
                        AlertText.cut(AlertText.clean(contributor.name()), NAME_LIMIT),
                        AlertText.clean(contributor.metric()),
                        Quantity.of(contributor.metric()).text(contributor.value()));
    }
}
