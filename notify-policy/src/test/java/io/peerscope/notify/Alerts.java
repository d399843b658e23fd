package io.peerscope.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.Channel.Interest;
import io.peerscope.contracts.notify.Channel.Pace;
import io.peerscope.contracts.notify.Channel.Target;
import io.peerscope.contracts.notify.Channel.Turn;
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
                new Interest(Severity.WARNING, Map.of(), true),
                new Pace(300, 10, List.of("rule_id"), 0, 0),
                Turn.atOnce(),
                new Target("http://127.0.0.1:1/hook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", List.of(), null),
                null);
    }

    public static Channel email(String id, List<String> recipients) {
        return as(ChannelType.EMAIL, to(webhook(id), new Target(null, null, recipients, null)));
    }

    public static Channel sms(String id, @Nullable String account, List<String> recipients) {
        return as(ChannelType.SMS, to(webhook(id), new Target(null, null, recipients, account)));
    }

    /** Asks for a failover, and means it. */
    public static Channel action(String id) {
        Channel hook = as(ChannelType.ACTION, webhook(id));
        return doing(hook, new Channel.Action("failover", false, null));
    }

    public static Channel doing(Channel c, Channel.Action action) {
        return new Channel(c.id(), c.type(), c.enabled(), c.interest(), c.pace(), c.turn(), c.target(), action);
    }

    /** The same channel, of another type. */
    public static Channel as(ChannelType type, Channel c) {
        return new Channel(c.id(), type, c.enabled(), c.interest(), c.pace(), c.turn(), c.target(), c.action());
    }

    /** The same channel, switched on or off. */
    public static Channel enabled(Channel c, boolean enabled) {
        return new Channel(c.id(), c.type(), enabled, c.interest(), c.pace(), c.turn(), c.target(), c.action());
    }

    public static Channel interested(Channel c, Interest interest) {
        return new Channel(c.id(), c.type(), c.enabled(), interest, c.pace(), c.turn(), c.target(), c.action());
    }

    /** The same channel, for these alerts only. */
    public static Channel matching(Channel c, Map<String, String> matchers) {
        Interest now = c.interest();
        return interested(c, new Interest(now.minSeverity(), matchers, now.sendResolved()));
    }

    public static Channel paced(Channel c, Pace pace) {
        return new Channel(c.id(), c.type(), c.enabled(), c.interest(), pace, c.turn(), c.target(), c.action());
    }

    public static Channel cooling(Channel c, int seconds) {
        Pace now = c.pace();
        return paced(
                c, new Pace(seconds, now.maxPerMinute(), now.groupBy(), now.groupWaitSeconds(), now.repeatSeconds()));
    }

    public static Channel turned(Channel c, Turn turn) {
        return new Channel(c.id(), c.type(), c.enabled(), c.interest(), c.pace(), turn, c.target(), c.action());
    }

    public static Channel to(Channel c, Target target) {
        return new Channel(c.id(), c.type(), c.enabled(), c.interest(), c.pace(), c.turn(), target, c.action());
    }

    /** The same channel, at another address. */
    public static Channel at(Channel c, String url) {
        return to(
                c,
                new Target(
                        url,
                        c.target().secret(),
                        c.target().recipients(),
                        c.target().account()));
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

    /** The same alert, seen by somebody. */
    public static Alert acknowledged(Alert alert) {
        ObjectNode fields = Json.mapper().valueToTree(alert);
        return Json.decode(Json.encode(fields.put("acknowledged_by", "ada")), Alert.class);
    }

    /** The same alert, of another rule. */
    public static Alert ofRule(String rule, Alert alert) {
        ObjectNode fields = Json.mapper().valueToTree(alert);
        return Json.decode(Json.encode(fields.put("rule_id", rule).put("id", rule + "-" + alert.id())), Alert.class);
    }

    /** The same alert, of another subject. */
    public static Alert ofSubject(String kind, Map<String, String> labels, Alert alert) {
        ObjectNode fields = Json.mapper().valueToTree(alert);
        return Json.decode(
                Json.encode(fields.set("subject", Json.mapper().valueToTree(new AlertSubject(kind, labels)))),
                Alert.class);
    }

    /** The same alert, of another field. */
    public static Alert ofMetric(String metric, Alert alert) {
        ObjectNode fields = Json.mapper().valueToTree(alert);
        return Json.decode(Json.encode(fields.put("metric", metric)), Alert.class);
    }

    /** A host that spoke just now, without maps and links. */
    public static HostLive host(String name, Map<String, Double> fields) {
        return new HostLive(
                name, HostStatus.UP, T0, T0, T0, 0, Map.of(), fields, List.of(), new LinksLive(0, 0, null), false);
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
