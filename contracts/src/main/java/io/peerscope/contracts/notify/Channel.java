package io.peerscope.contracts.notify;

import io.peerscope.contracts.alert.Severity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where and how somebody wants to be told; value of {@code notifications.channels}.
 *
 * @param minSeverity milder alerts are not sent here
 * @param matchers alert field or label to a glob ({@code h*}); all must match; keys: host, rule_id, severity, kind,
 *     metric, or a label of the alert or its subject
 * @param cooldownSeconds after a firing was sent, the same alert key is not sent again for so long
 * @param maxPerMinute messages in a minute; beyond, alerts are collected into digests
 * @param url for webhook, discord, slack, alertmanager
 * @param secret signs webhooks: {@code whsec_} and base64 of 24 to 64 bytes; two with a blank between them while one
 *     replaces the other
 * @param recipients addresses or numbers, for email and sms
 * @param account which of the notifier's accounts sends, for sms
 */
public record Channel(
        String id,
        ChannelType type,
        boolean enabled,
        Severity minSeverity,
        Map<String, String> matchers,
        int cooldownSeconds,
        int maxPerMinute,
        List<String> groupBy,
        boolean sendResolved,
        @Nullable String url,
        @Nullable String secret,
        List<String> recipients,
        @Nullable String account) {
    public static final int DEFAULT_COOLDOWN_SECONDS = 300;
    public static final int DEFAULT_MAX_PER_MINUTE = 10;

    /** Without address and secret, because records end up in logs. */
    @Override
    public String toString() {
        return "Channel[" + id + ", " + type.word() + ", " + (enabled ? "enabled" : "disabled") + "]";
    }
}
