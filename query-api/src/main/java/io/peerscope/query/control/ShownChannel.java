package io.peerscope.query.control;

import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.QuietHours;
import io.peerscope.foundation.secret.SecretBox;
import io.peerscope.query.store.ChannelReach;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A channel as it may be shown. A secret is never shown, only whether there is one; the URL of a chat service is a secret
 * too, since whoever has it can post. Viewers do not see where messages go at all.
 *
 * @param url null where there is none or it must not be shown
 * @param delivery null where nothing was sent yet, or nobody knows
 */
public record ShownChannel(
        String id,
        ChannelType type,
        boolean enabled,
        Severity minSeverity,
        Map<String, String> matchers,
        int cooldownSeconds,
        int maxPerMinute,
        List<String> groupBy,
        int groupWaitSeconds,
        int repeatSeconds,
        int escalateAfterSeconds,
        List<QuietHours> quietHours,
        @Nullable String fallback,
        boolean sendResolved,
        @Nullable String url,
        boolean hasSecret,
        List<String> recipients,
        @Nullable String account,
        Channel.@Nullable Action action,
        @Nullable ChannelReach delivery) {

    /** @param targets whether the reader may know where messages go */
    public static ShownChannel of(Channel channel, boolean targets, Optional<ChannelReach> delivery) {
        boolean urlIsSecret =
                switch (channel.type()) {
                    case DISCORD, SLACK -> true;
                    case EMAIL, SMS, WEBHOOK, ALERTMANAGER, ACTION -> false;
                };
        Channel.Target target = channel.target();
        return new ShownChannel(
                channel.id(),
                channel.type(),
                channel.enabled(),
                channel.interest().minSeverity(),
                channel.interest().matchers(),
                channel.pace().cooldownSeconds(),
                channel.pace().maxPerMinute(),
                channel.pace().groupBy(),
                channel.pace().groupWaitSeconds(),
                channel.pace().repeatSeconds(),
                channel.turn().escalateAfterSeconds(),
                channel.turn().quietHours(),
                channel.turn().fallback(),
                channel.interest().sendResolved(),
                targets && !urlIsSecret ? legible(target.url()) : null,
                target.secret() != null || urlIsSecret && target.url() != null,
                targets ? target.recipients() : List.of(),
                targets ? target.account() : null,
                channel.action(),
                delivery.orElse(null));
    }

    /** Sealed by a key that is not here it says nothing. */
    private static @Nullable String legible(@Nullable String url) {
        return url == null || SecretBox.isSealed(url) ? null : url;
    }

    /**
     * As it stands on record for as long as there is an audit log: with the host that messages go to, without the rest of
     * the address, which may be a secret of the receiver's.
     */
    public ShownChannel onRecord() {
        return new ShownChannel(
                id,
                type,
                enabled,
                minSeverity,
                matchers,
                cooldownSeconds,
                maxPerMinute,
                groupBy,
                groupWaitSeconds,
                repeatSeconds,
                escalateAfterSeconds,
                quietHours,
                fallback,
                sendResolved,
                url == null ? null : origin(url),
                hasSecret,
                recipients,
                account,
                action,
                delivery);
    }

    private static String origin(String url) {
        int host = url.indexOf("://") + 3;
        int path = url.indexOf('/', host);
        String origin = path < 0 ? url : url.substring(0, path);
        int user = origin.lastIndexOf('@');
        return user < 0 ? origin : origin.substring(0, host) + origin.substring(user + 1);
    }
}
