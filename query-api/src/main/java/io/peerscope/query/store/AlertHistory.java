package io.peerscope.query.store;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.HeldRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Collection;

/** Writes what became of alerts and of messages. Everything may come again: the later state holds. */
public final class AlertHistory {
    private AlertHistory() {}

    public static void putEvents(Connection connection, Collection<AlertEvent> events) throws SQLException {
        try (PreparedStatement event = connection.prepareStatement("insert into alert_event"
                        + " (id, alert_id, sequence, transition, time, reason, body)"
                        + " values (?, ?, ?, ?, ?, ?, ?::jsonb) on conflict (id) do nothing");
                PreparedStatement state = connection.prepareStatement("insert into alert"
                        + " (id, rule_id, host, kind, status, severity, started_at, updated_at, sequence, told, body)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb) on conflict (id) do update set"
                        + " status = excluded.status, severity = excluded.severity,"
                        + " updated_at = excluded.updated_at, sequence = excluded.sequence,"
                        + " told = excluded.told, body = excluded.body where alert.sequence < excluded.sequence")) {
            for (AlertEvent each : events) {
                String body = JsonText.of(each.data());
                event.setString(1, each.id());
                event.setString(2, each.subject());
                event.setLong(3, each.sequence());
                event.setString(4, each.transition().word());
                event.setTimestamp(5, Timestamp.from(each.time()));
                event.setString(6, each.reason());
                event.setString(7, body);
                event.addBatch();
                bind(state, each, body);
                state.addBatch();
            }
            event.executeBatch();
            state.executeBatch();
        }
    }

    private static void bind(PreparedStatement state, AlertEvent event, String body) throws SQLException {
        Alert alert = event.data();
        state.setString(1, alert.id());
        state.setString(2, alert.ruleId());
        state.setString(3, alert.host());
        state.setString(4, alert.subject().kind());
        state.setString(5, alert.status().word());
        state.setString(6, alert.severity().word());
        state.setTimestamp(7, Timestamp.from(alert.startedAt()));
        state.setTimestamp(8, Timestamp.from(alert.updatedAt()));
        state.setLong(9, event.sequence());
        state.setBoolean(10, told(event.transition(), alert));
        state.setString(11, body);
    }

    private static boolean told(AlertTransition transition, Alert alert) {
        return switch (transition) {
            case PENDING, DROPPED -> false;
            case SILENCED, UNSILENCED -> alert.status() != AlertStatus.PENDING;
            case FIRING, SEVERITY_CHANGED, NO_DATA, FLAPPING, STEADY, RESOLVED, REOPENED -> true;
            case ACKNOWLEDGED, UNACKNOWLEDGED, ASSIGNED, NOTED -> true;
        };
    }

    public static void putDeliveries(Connection connection, Collection<DeliveryRecord> deliveries) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("insert into delivery"
                + " (id, channel_id, type, status, attempts, at, cause, detail, next_attempt_at, alert_ids,"
                + " failures, fallback) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set status = excluded.status,"
                + " attempts = excluded.attempts, at = excluded.at, cause = excluded.cause,"
                + " detail = excluded.detail, next_attempt_at = excluded.next_attempt_at,"
                + " failures = excluded.failures, fallback = excluded.fallback"
                + " where delivery.attempts <= excluded.attempts")) {
            for (DeliveryRecord each : deliveries) {
                upsert.setString(1, each.id());
                upsert.setString(2, each.channelId());
                upsert.setString(3, each.type().word());
                upsert.setString(4, each.status().word());
                upsert.setInt(5, each.attempts());
                upsert.setTimestamp(6, Timestamp.from(each.at()));
                upsert.setString(7, each.cause());
                upsert.setString(8, each.detail());
                if (each.nextAttemptAt() == null) {
                    upsert.setNull(9, Types.TIMESTAMP_WITH_TIMEZONE);
                } else {
                    upsert.setTimestamp(9, Timestamp.from(each.nextAttemptAt()));
                }
                upsert.setArray(
                        10, connection.createArrayOf("text", each.alertIds().toArray()));
                upsert.setInt(11, each.failures());
                upsert.setString(12, each.fallback());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    public static void putHeld(Connection connection, Collection<HeldRecord> held) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into held"
                        + " (event_id, channel_id, alert_id, reason, at, cause) values (?, ?, ?, ?, ?, ?) on conflict do nothing")) {
            for (HeldRecord each : held) {
                insert.setString(1, each.eventId());
                insert.setString(2, each.channelId());
                insert.setString(3, each.alertId());
                insert.setString(4, each.reason());
                insert.setTimestamp(5, Timestamp.from(each.at()));
                insert.setString(6, each.cause());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
