package io.peerscope.notify.deliver;

import io.peerscope.contracts.notify.Channel;
import java.time.Duration;
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
     * @param until when the next attempt is due; {@link Instant#MAX}: when the address has changed or a test got through
     */
    record Outage(Channel channel, int failures, Delivery.Retry last, Instant until) {
        /** What else of a channel is edited opens no door. */
        private boolean isAt(Channel other) {
            return channel.type() == other.type() && channel.target().equals(other.target());
        }

        /** How long to wait before one looks again. */
        Duration rest(Instant now, Duration longest) {
            Duration left = Duration.between(now, until);
            return left.compareTo(longest) < 0 ? left : longest;
        }
    }

    Optional<Outage> of(Channel channel) {
        return Optional.ofNullable(byChannel.get(channel.id())).filter(outage -> outage.isAt(channel));
    }

    void begin(Outage outage) {
        byChannel.put(outage.channel().id(), outage);
    }

    void end(Channel channel) {
        byChannel.remove(channel.id());
    }
}
