package io.peerscope.query.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alerts as alert-service would tell of them. */
final class SampleAlerts {
    private SampleAlerts() {}

    static Alert of(String host, AlertStatus status, @Nullable String acknowledgedBy, Instant at) {
        return of(host, status, acknowledgedBy, at, null, null);
    }

    /** What becomes of an alert, firing if nothing else is known of it, by a command. */
    static Alert after(@Nullable Alert known, String host, AlertCommand command) {
        Alert before = known == null ? of(host, AlertStatus.FIRING, null, command.at()) : known;
        return of(
                host,
                switch (command.action()) {
                    case RESOLVE -> AlertStatus.RESOLVED;
                    case OPEN -> AlertStatus.FIRING;
                    case ACKNOWLEDGE, ASSIGN -> before.status();
                },
                switch (command.action()) {
                    case ACKNOWLEDGE -> command.by();
                    case OPEN -> null;
                    case RESOLVE, ASSIGN -> before.acknowledgedBy();
                },
                command.at(),
                marked(before.assignee(), command.assignee()),
                marked(before.resolutionNotes(), command.notes()));
    }

    /** The same alert, covered by a silence. */
    static Alert silenced(Alert alert) {
        ObjectNode fields = Json.mapper().valueToTree(alert);
        return Json.decode(Json.encode(fields.put("silenced_by", "s1")), Alert.class);
    }

    private static @Nullable String marked(@Nullable String before, @Nullable String wanted) {
        if (wanted == null) {
            return before;
        }
        return wanted.isEmpty() ? null : wanted;
    }

    private static Alert of(
            String host,
            AlertStatus status,
            @Nullable String acknowledgedBy,
            Instant at,
            @Nullable String assignee,
            @Nullable String notes) {
        return new Alert(
                "alert-" + host,
                "cpu_usage",
                1,
                host,
                new AlertSubject("host", Map.of()),
                "cpu_usage",
                status,
                Severity.CRITICAL,
                99.0,
                90.0,
                at,
                at,
                at,
                status == AlertStatus.RESOLVED ? at : null,
                acknowledgedBy,
                acknowledgedBy == null ? null : at,
                assignee,
                null,
                notes,
                "CPU",
                Map.of(),
                false,
                false,
                null);
    }
}
