package io.peerscope.query.control;

import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel as it may be shown. A secret is never shown, only whether there is one; the URL of a chat service is a secret
 * too, since whoever has it can post. Viewers do not see where messages go at all.
 *
 * @param url null where there is none or it must not be shown
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
        boolean sendResolved,
        @Nullable String url,
        boolean hasSecret,
        List<String> recipients,
        @Nullable String account) {

    /** @param targets whether the reader may know where messages go */
    public static ShownChannel of(Channel channel, boolean targets) {
        boolean urlIsSecret =
                switch (channel.type()) {
                    case DISCORD, SLACK -> true;
                    case EMAIL, SMS, WEBHOOK, ALERTMANAGER -> false;
                };
        return new ShownChannel(
                channel.id(),
                channel.type(),
                channel.enabled(),
                channel.minSeverity(),
                channel.matchers(),
                channel.cooldownSeconds(),
                channel.maxPerMinute(),
                channel.groupBy(),
                channel.sendResolved(),
                targets && !urlIsSecret ? channel.url() : null,
                channel.secret() != null || urlIsSecret && channel.url() != null,
                targets ? channel.recipients() : List.of(),
                targets ? channel.account() : null);
    }
}
