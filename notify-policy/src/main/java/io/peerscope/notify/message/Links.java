package io.peerscope.notify.message;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where people read on.
 *
 * @param dashboard its address as people reach it, without a slash at the end; empty: messages carry no links
 */
public record Links(Optional<String> dashboard) {
    public Links {
        dashboard = dashboard.map(address -> new BaseUrl(address).url());
    }

    public static Links none() {
        return new Links(Optional.empty());
    }

    public Optional<String> of(Alert alert) {
        return dashboard.map(
                address -> address + "/p2p/monitoring/alerts/" + URLEncoder.encode(alert.id(), StandardCharsets.UTF_8));
    }

    /**
     * To where a person may acknowledge what the message is about, and must confirm it: programs that follow every link
     * in a mail do nothing by it. Empty where there is nothing to acknowledge.
     */
    public Optional<String> toAcknowledge(OutboxMessage message) {
        if (message.alerts().size() != 1 || message.type() == MessageType.TEST) {
            return Optional.empty();
        }
        Alert alert = message.alerts().getFirst();
        boolean open = alert.status() != AlertStatus.RESOLVED && alert.acknowledgedBy() == null;
        return open ? of(alert).map(link -> link + "?acknowledge") : Optional.empty();
    }

    /** To the alert, or to all of them. */
    public Optional<String> of(OutboxMessage message) {
        return message.alerts().size() == 1 && message.type() != MessageType.TEST
                ? of(message.alerts().getFirst())
                : dashboard.map(address -> address + "/p2p/monitoring/alerts");
    }
}
