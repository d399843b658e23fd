package io.peerscope.notify.form;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.message.AlertText;
import io.peerscope.notify.message.BaseUrl;
import io.peerscope.notify.message.Links;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * Alerts for {@code POST /api/v2/alerts} of an Alertmanager. It takes an alert that nobody repeats for ended after five
 * minutes, unless it is told when it ends: ours end after a few of our repetitions, so that one that nobody repeats any more,
 * because we are gone, does not stay for a month. Routes over there go by the
 * label {@code severity}, which makes an alert whose severity changes another alert, so the one of before is ended.
 */
public final class AlertmanagerForm implements Form {
    /** So many repetitions in a row must fail before an alert ends over there that is still on. */
    private static final int REPETITIONS = 4;
    /** Where the channel says nothing of repetitions. */
    private static final Duration UNREPEATED = Duration.ofDays(30);

    private static final String PATH = "/api/v2/alerts";

    private final Links links;

    public AlertmanagerForm(Links links) {
        this.links = links;
    }

    @Override
    public Letter write(OutboxMessage message, Instant now) {
        ArrayNode alerts = Json.mapper().createArrayNode();
        if (message.type() == MessageType.TEST) {
            test(alerts.addObject(), message, now);
        } else {
            Instant open = now.plus(message.channel()
                    .repeats()
                    .map(every -> every.multipliedBy(REPETITIONS))
                    .orElse(UNREPEATED));
            message.alerts().forEach(alert -> write(alerts, message, alert, now, open));
        }
        String base = Form.url(message.channel());
        String url = base.endsWith(PATH) ? base : new BaseUrl(base).with(PATH);
        return Letter.json(url, Json.encode(alerts));
    }

    /** Over at once, so that nobody is paged by a test for a month. */
    private static void test(ObjectNode alert, OutboxMessage message, Instant now) {
        alert.putObject("labels")
                .put("alertname", "PeerscopeTest")
                .put("severity", "info")
                .put("channel", message.channel().id());
        alert.putObject("annotations").put("summary", AlertText.test(message));
        alert.put("startsAt", message.createdAt().toString());
        alert.put("endsAt", now.plusSeconds(60).toString());
    }

    /** @param open when what is on ends unless it is told again */
    private void write(ArrayNode alerts, OutboxMessage message, Alert alert, Instant now, Instant open) {
        MessageType type = message.type();
        String description = AlertText.paragraph(alert, message.contributors());
        write(alerts.addObject(), alert, description, alert.severity(), now, open);
        if (type != MessageType.FIRING && type != MessageType.REMINDER) {
            EnumSet.complementOf(EnumSet.of(alert.severity()))
                    .forEach(other -> write(alerts.addObject(), alert, description, other, now, open));
        }
    }

    /** @param severity one that it has not is over */
    private void write(ObjectNode into, Alert alert, String description, Severity severity, Instant now, Instant open) {
        ObjectNode labels = into.putObject("labels");
        labels(alert).forEach(labels::put);
        labels.put("severity", severity.word());
        into.putObject("annotations")
                .put("summary", AlertText.clean(alert.summary()))
                .put("description", description)
                .put("alert_id", alert.id());
        into.put("startsAt", alert.startedAt().toString());
        into.put("endsAt", end(alert, severity, now, open).toString());
        links.of(alert).ifPresent(link -> into.put("generatorURL", link));
    }

    private static Instant end(Alert alert, Severity severity, Instant now, Instant open) {
        Instant resolved = alert.resolvedAt();
        if (alert.status() != AlertStatus.RESOLVED) {
            return severity == alert.severity() ? open : later(alert.startedAt(), now);
        }
        return later(alert.startedAt(), resolved == null ? now : resolved);
    }

    /** An alert that ends before it begins is refused. */
    private static Instant later(Instant start, Instant end) {
        return end.isBefore(start) ? start : end;
    }

    private static Map<String, String> labels(Alert alert) {
        AlertSubject subject = alert.subject();
        Map<String, String> labels = new TreeMap<>();
        alert.labels().forEach((name, value) -> labels.put(name(name), value));
        subject.labels().forEach((name, value) -> labels.put(name(name), value));
        labels.put("alertname", alert.ruleId());
        labels.put("host", alert.host());
        labels.put("kind", subject.kind());
        labels.put("metric", alert.metric());
        labels.values().removeIf(String::isEmpty);
        return labels;
    }

    /** Label names there are {@code [a-zA-Z_][a-zA-Z0-9_]*}. */
    static String name(String raw) {
        String name = raw.replaceAll("[^a-zA-Z0-9_]", "_");
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }
}
