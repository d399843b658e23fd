package io.peerscope.contracts.notify;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.peerscope.contracts.alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where and how somebody wants to be told; value of {@code notifications.channels}. Its groups of fields exist in Java
 * only: the JSON is flat.
 *
 * @param action what is asked for, of a channel of type action; null of others
 */
public record Channel(
        String id,
        ChannelType type,
        boolean enabled,
        @JsonUnwrapped Interest interest,
        @JsonUnwrapped Pace pace,
        @JsonUnwrapped Turn turn,
        @JsonUnwrapped Target target,
        @Nullable Action action) {
    public static final int DEFAULT_COOLDOWN_SECONDS = 300;
    public static final int DEFAULT_MAX_PER_MINUTE = 10;

    /**
     * Of what.
     *
     * @param minSeverity milder alerts are not sent here
     * @param matchers alert field or label to a glob ({@code h*}); all must match; keys: host, rule_id, severity, kind,
     *     metric, or a label of the alert or its subject
     */
    public record Interest(Severity minSeverity, Map<String, String> matchers, boolean sendResolved) {}

    /**
     * How often.
     *
     * @param cooldownSeconds after a firing was sent, the same alert key is not sent again for so long
     * @param maxPerMinute messages in a minute; beyond, alerts are collected into digests
     * @param groupBy alert fields or labels; what is alike in them may share a message
     * @param groupWaitSeconds how long the first alert of a group waits for others; 0: not at all
     * @param repeatSeconds what nobody acknowledged is said again so often; 0: as {@link ChannelType#repeats()} has it
     */
    public record Pace(
            int cooldownSeconds, int maxPerMinute, List<String> groupBy, int groupWaitSeconds, int repeatSeconds) {}

    /**
     * When, beside others.
     *
     * @param escalateAfterSeconds told only of what nobody has acknowledged so long after it fired; 0: at once
     * @param quietHours when only what is critical is sent
     * @param fallback the channel that is told what this one cannot be told
     */
    public record Turn(
            int escalateAfterSeconds,
            List<QuietHours> quietHours,
            @Nullable String fallback) {
        /** Channels written before there were quiet hours lack them. */
        public Turn {
            quietHours = quietHours == null ? List.of() : List.copyOf(quietHours);
        }

        public static Turn atOnce() {
            return new Turn(0, List.of(), null);
        }
    }

    /**
     * Where.
     *
     * @param url for webhook, discord, slack, alertmanager, action
     * @param secret signs webhooks and actions: {@code whsec_} and base64 of 24 to 64 bytes; two with a blank between
     *     them while one replaces the other
     * @param recipients addresses or numbers, for email and sms
     * @param account which of the notifier's accounts sends, for sms
     */
    public record Target(
            @Nullable String url,
            @Nullable String secret,
            List<String> recipients,
            @Nullable String account) {}

    /**
     * What somebody else's program is asked to do.
     *
     * @param name its word for it, such as failover, rebalance, block
     * @param dryRun nothing is asked; what would have been is written down
     * @param minNetworkHealth 0 to 100; while the network is worse off, or nobody knows how it is, nothing is asked. null:
     *     whatever its health
     */
    public record Action(
            String name, boolean dryRun, @Nullable Integer minNetworkHealth) {}

    /** How often what is still on is said again; empty: never. */
    public Optional<Duration> repeats() {
        return pace.repeatSeconds() > 0 ? Optional.of(Duration.ofSeconds(pace.repeatSeconds())) : type.repeats();
    }

    /** Whether only what is critical is sent at that time. */
    public boolean isQuiet(Instant at) {
        return turn.quietHours().stream().anyMatch(hours -> hours.cover(at));
    }

    /** Without address and secret, because records end up in logs. */
    @Override
    public String toString() {
        return "Channel[" + id + ", " + type.word() + ", " + (enabled ? "enabled" : "disabled") + "]";
    }
}
