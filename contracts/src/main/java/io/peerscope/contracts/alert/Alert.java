package io.peerscope.contracts.alert;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One episode of one rule on one subject, as the API, the WebSocket and the alert topics show it.
 *
 * @param id of the episode: a hash of rule, subject and the event time of the first breach, so a replay makes the same
 * @param value the field's latest value that was judged
 * @param threshold the limit of the current severity
 * @param startedAt event time of the first breaching sample
 * @param firedAt event time at which the duration was over; null while pending
 * @param flapping it comes and goes; whoever was told so is not told of each time
 * @param summary the rule's summary with its placeholders filled
 * @param detection what was expected, of a rule that detects; null of others
 */
public record Alert(
        String id,
        String ruleId,
        long ruleVersion,
        String host,
        AlertSubject subject,
        String metric,
        AlertStatus status,
        Severity severity,
        @Nullable Double value,
        @Nullable Double threshold,
        Instant startedAt,
        @Nullable Instant firedAt,
        Instant updatedAt,
        @Nullable Instant resolvedAt,
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedAt,
        @Nullable String assignee,
        @Nullable String silencedBy,
        @Nullable String resolutionNotes,
        String summary,
        Map<String, String> labels,
        boolean simulated,
        boolean flapping,
        @Nullable Detection detection) {

    /** The same once it has stopped flapping. */
    public Alert steady(Instant at) {
        return new Alert(
                id,
                ruleId,
                ruleVersion,
                host,
                subject,
                metric,
                status,
                severity,
                value,
                threshold,
                startedAt,
                firedAt,
                at,
                resolvedAt,
                acknowledgedBy,
                acknowledgedAt,
                assignee,
                silencedBy,
                resolutionNotes,
                summary,
                labels,
                simulated,
                false,
                detection);
    }

    /** Key of {@code alerts.events} and {@code alerts.active}: the same for every episode of a rule on a subject. */
    public String key() {
        return ruleId + "|" + subject.on(host).canonical();
    }
}
