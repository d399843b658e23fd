package io.peerscope.query.control;

import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.QuietHours;
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
                targets && !urlIsSecret ? target.url() : null,
                target.secret() != null || urlIsSecret && target.url() != null,
                targets ? target.recipients() : List.of(),
                targets ? target.account() : null,
                channel.action(),
                delivery.orElse(null));
    }
}
