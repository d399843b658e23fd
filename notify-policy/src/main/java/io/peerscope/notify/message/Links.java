package io.peerscope.notify.message;

import io.peerscope.contracts.alert.Alert;
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
        dashboard = dashboard.map(address -> address.replaceFirst("/+$", ""));
    }

    public static Links none() {
        return new Links(Optional.empty());
    }

    public Optional<String> of(Alert alert) {
        return dashboard.map(
                address -> address + "/p2p/monitoring/alerts/" + URLEncoder.encode(alert.id(), StandardCharsets.UTF_8));
    }

    /** To the alert, or to all of them. */
    public Optional<String> of(OutboxMessage message) {
        return message.alerts().size() == 1 && message.type() != MessageType.TEST
                ? of(message.alerts().getFirst())
                : dashboard.map(address -> address + "/p2p/monitoring/alerts");
    }
}
