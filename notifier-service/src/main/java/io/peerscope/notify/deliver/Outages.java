package io.peerscope.notify.deliver;

import io.peerscope.contracts.notify.Channel;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Channels whose last attempt failed. The pauses belong to the channel, not to the message: what comes behind a message
 * that fails does not knock at a closed door of its own accord.
 */
final class Outages {
    private final Map<String, Outage> byChannel = new ConcurrentHashMap<>();

    /**
     * @param channel as it was then; another address may work
     * @param failures in a row
     * @param until when the next attempt is due
     */
    record Outage(Channel channel, int failures, Delivery.Retry last, Instant until) {}

    Optional<Outage> of(Channel channel) {
        return Optional.ofNullable(byChannel.get(channel.id()))
                .filter(outage -> outage.channel().equals(channel));
    }

    void begin(Outage outage) {
        byChannel.put(outage.channel().id(), outage);
    }

    void end(Channel channel) {
        byChannel.remove(channel.id());
    }
}
