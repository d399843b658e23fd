package io.peerscope.notify.deliver;

import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.foundation.trace.Span;
import io.peerscope.notify.deliver.Delivery.Cause;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Hands a message to the sender of its channel, once, and remembers of each channel how often in a row that failed. */
final class Sending {
    private static final Logger LOG = Logger.getLogger(Sending.class);

    private final Map<ChannelType, Sender> senders;
    private final InstantSource clock;
    /** By channel, for whatever reason. */
    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();

    Sending(Map<ChannelType, Sender> senders, InstantSource clock) {
        this.senders = Map.copyOf(senders);
        this.clock = clock;
    }

    /** Empty where the last attempt succeeded, or where there was none. */
    Optional<Trouble> trouble(String channelId) {
        return Optional.ofNullable(troubles.get(channelId));
    }

    Delivery attempt(OutboxMessage message, Span span) throws InterruptedException {
        Span call =
                span.call(message.channel().type().word() + " " + message.type().word());
        try {
            Delivery delivery = attempted(message, call);
            switch (delivery) {
                case Delivery.Sent sent -> {}
                case Delivery.DryRun dryRun -> call.note("peerscope.dry_run", dryRun.detail());
                case Delivery.Retry retry -> call.failed(retry.cause().word());
                case Delivery.Refused refused -> call.failed(refused.cause().word());
            }
            return delivery;
        } finally {
            call.end();
        }
    }

    private Delivery attempted(OutboxMessage message, Span call) throws InterruptedException {
        Channel channel = message.channel();
        Sender sender = senders.get(channel.type());
        if (sender == null) {
            return new Delivery.Refused(
                    Cause.UNSUPPORTED,
                    "this version cannot send by " + channel.type().word());
        }
        Delivery delivery;
        try {
            delivery = sender.send(message, clock.instant(), call);
        } catch (RuntimeException e) {
            LOG.errorf(e, "sending %s to %s", message.id(), channel);
            delivery = Delivery.retry(Cause.INTERNAL, e.getClass().getSimpleName());
        }
        switch (delivery) {
            case Delivery.Sent sent -> troubles.remove(channel.id());
            case Delivery.DryRun dryRun -> troubles.remove(channel.id());
            case Delivery.Retry retry -> troubles.merge(channel.id(), Trouble.first(false), Trouble::and);
            case Delivery.Refused refused -> {
                if (refused.cause().isOfChannel()) {
                    troubles.merge(channel.id(), Trouble.first(true), Trouble::and);
                }
            }
        }
        return delivery;
    }
}
