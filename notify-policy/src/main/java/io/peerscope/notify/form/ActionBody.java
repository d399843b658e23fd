package io.peerscope.notify.form;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What somebody else's program is asked to do; signed as a webhook is, and with the same bytes on every attempt. */
public record ActionBody(MessageType type, Instant timestamp, Data data) {

    /**
     * @param action its name, such as failover
     * @param dryRun true of tests, and of previews of what is not meant: that is never asked for
     * @param alerts because of which
     */
    public record Data(String action, boolean dryRun, List<Alert> alerts) {}

    public static byte[] of(OutboxMessage message) {
        Channel.Action action = Optional.ofNullable(message.channel().action())
                .orElseThrow(() -> new IllegalArgumentException("the channel has no action"));
        return Json.encode(new ActionBody(
                message.type(),
                message.createdAt(),
                new Data(action.name(), action.dryRun() || message.type() == MessageType.TEST, message.alerts())));
    }
}
