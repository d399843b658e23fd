package io.peerscope.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alerts and channels for tests, in few words. */
public final class Alerts {
    public static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");

    private Alerts() {}

    public static Channel webhook(String id) {
        return new Channel(
                id,
                ChannelType.WEBHOOK,
                true,
                Severity.WARNING,
                Map.of(),
                300,
                10,
                List.of("rule_id"),
                true,
                "http://127.0.0.1:1/hook",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                List.of(),
                null);
    }

    /** The same channel, switched on or off. */
    public static Channel enabled(Channel channel, boolean enabled) {
        return new Channel(
                channel.id(),
                channel.type(),
                enabled,
                channel.minSeverity(),
                channel.matchers(),
                channel.cooldownSeconds(),
                channel.maxPerMinute(),
                channel.groupBy(),
                channel.sendResolved(),
                channel.url(),
                channel.secret(),
                channel.recipients(),
                channel.account());
    }

    /** The same channel, for these alerts only. */
    public static Channel matching(Channel channel, Map<String, String> matchers) {
        return new Channel(
                channel.id(),
                channel.type(),
                channel.enabled(),
                channel.minSeverity(),
                matchers,
                channel.cooldownSeconds(),
                channel.maxPerMinute(),
                channel.groupBy(),
                channel.sendResolved(),
                channel.url(),
                channel.secret(),
                channel.recipients(),
                channel.account());
    }

    /** The same channel, at another address. */
    public static Channel at(Channel channel, String url) {
        return new Channel(
                channel.id(),
                channel.type(),
                channel.enabled(),
                channel.minSeverity(),
                channel.matchers(),
                channel.cooldownSeconds(),
                channel.maxPerMinute(),
                channel.groupBy(),
                channel.sendResolved(),
                url,
                channel.secret(),
                channel.recipients(),
                channel.account());
    }

    public static Channel email(String id, List<String> recipients) {
        Channel hook = webhook(id);
        return new Channel(
                id,
                ChannelType.EMAIL,
                true,
                hook.minSeverity(),
                hook.matchers(),
                hook.cooldownSeconds(),
                hook.maxPerMinute(),
                hook.groupBy(),
                true,
                null,
                null,
                recipients,
                null);
    }

    public static Channel sms(String id, @Nullable String account, List<String> recipients) {
        Channel mail = email(id, recipients);
        return new Channel(
                id,
                ChannelType.SMS,
                true,
                mail.minSeverity(),
                mail.matchers(),
                mail.cooldownSeconds(),
                mail.maxPerMinute(),
                mail.groupBy(),
                true,
                null,
                null,
                recipients,
                account);
    }

    public static OutboxMessage message(String id, Channel channel, MessageType type, Alert... alerts) {
        return new OutboxMessage(id, channel, type, T0, List.of(alerts));
    }

    public static Alert alert(String host, Severity severity, AlertStatus status, @Nullable Instant resolvedAt) {
        return episode("a-" + host, host, severity, status, resolvedAt);
    }

    public static Alert episode(
            String id, String host, Severity severity, AlertStatus status, @Nullable Instant resolvedAt) {
        return new Alert(
                id,
                "cpu_usage",
                1,
                host,
                new AlertSubject("host", Map.of()),
                "cpu_usage",
                status,
                severity,
                97.0,
                90.0,
                T0,
                T0,
                resolvedAt == null ? T0 : resolvedAt,
                resolvedAt,
                null,
                null,
                null,
                null,
                null,
                host + " is hot",
                Map.of("team", "ops"),
                false,
                false,
                null);
    }

    /** The same alert, covered by a silence. */
    public static Alert silenced(Alert alert) {
        ObjectNode fields = Json.mapper().valueToTree(alert);
        return Json.decode(Json.encode(fields.put("silenced_by", "s1")), Alert.class);
    }

    /** The same alert, coming and going. */
    public static Alert flapping(Alert alert) {
        ObjectNode fields = Json.mapper().valueToTree(alert);
        return Json.decode(Json.encode(fields.put("flapping", true)), Alert.class);
    }

    public static AlertEvent firing(String host, Severity severity) {
        return event(AlertTransition.FIRING, alert(host, severity, AlertStatus.FIRING, null), 1);
    }

    public static AlertEvent changed(String host, Severity severity) {
        return event(AlertTransition.SEVERITY_CHANGED, alert(host, severity, AlertStatus.FIRING, null), 2);
    }

    public static AlertEvent noData(String host) {
        return event(AlertTransition.NO_DATA, alert(host, Severity.WARNING, AlertStatus.NO_DATA, null), 2);
    }

    public static AlertEvent resolved(String host, Severity severity, Instant at) {
        return event(AlertTransition.RESOLVED, alert(host, severity, AlertStatus.RESOLVED, at), 3);
    }

    public static AlertEvent event(AlertTransition transition, Alert alert, long sequence) {
        return AlertEvent.of(transition, alert, sequence, null);
    }
}
