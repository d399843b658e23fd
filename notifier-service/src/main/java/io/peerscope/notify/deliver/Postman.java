package io.peerscope.notify.deliver;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.deliver.ChannelDirectory.Entry;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.deliver.Outages.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings one message to its end: sent, or given up. At least once: after a crash between the other side's yes and our
 * note of it, the message goes again under the same id. Sends to the channel as it is at each attempt. One thread for
 * each channel; different channels may be served at once.
 */
public final class Postman {
    private static final Logger LOG = Logger.getLogger(Postman.class);
    /** So that a channel that was mended, or removed, is noticed before the pause is over. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    private final Map<ChannelType, Sender> senders;
    private final ChannelDirectory channels;
    private final DeliveryLog log;
    private final Backoff backoff;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Outages outages = new Outages();
    /** Channels whose last attempt came to nothing, for whatever reason. */
    private final Set<String> mute = ConcurrentHashMap.newKeySet();

    public Postman(
            Map<ChannelType, Sender> senders,
            ChannelDirectory channels,
            DeliveryLog log,
            Backoff backoff,
            InstantSource clock,
            RandomGenerator random) {
        this.senders = Map.copyOf(senders);
        this.channels = channels;
        this.log = log;
        this.backoff = backoff;
        this.clock = clock;
        this.random = random;
    }

    /** Whether the last attempt at this channel failed; false where there was none. */
    public boolean isMute(String channelId) {
        return mute.contains(channelId);
    }

    /** @return whether the message is dealt with; otherwise the claim was lost, and whoever has it now goes on */
    public boolean deliver(OutboxMessage message, Claim claim) throws InterruptedException {
        int attempts = 0;
        while (claim.held()) {
            if (log.dealtWith(message.id())) {
                return true;
            }
            Entry entry = channels.find(message.channel().id(), message.createdAt());
            if (message.type() == MessageType.TEST) {
                return tested(message, entry instanceof Entry.Present present ? present.channel() : message.channel());
            }
            Channel channel;
            switch (entry) {
                case Entry.Removed removed -> {
                    return failed(message, attempts, Cause.CHANNEL_REMOVED, "the channel was removed");
                }
                case Entry.Present present
                when !present.channel().enabled() -> {
                    return failed(message, attempts, Cause.CHANNEL_DISABLED, "the channel was switched off");
                }
                case Entry.Present present -> channel = present.channel();
                case Entry.Unknown unknown -> channel = message.channel();
            }
            Optional<Outage> outage = outages.of(channel);
            Instant now = clock.instant();
            if (outage.isPresent() && now.isBefore(outage.get().until())) {
                if (tooOld(message, now)) {
                    Delivery.Retry last = outage.get().last();
                    return failed(message, attempts, last.cause(), last.detail());
                }
                Duration left = Duration.between(now, outage.get().until());
                claim.rest(left.compareTo(LONGEST_REST) < 0 ? left : LONGEST_REST);
                continue;
            }
            attempts++;
            if (dealtWith(
                    message, channel, attempts, outage.map(Outage::failures).orElse(0))) {
                return true;
            }
        }
        return false;
    }

    private boolean dealtWith(OutboxMessage message, Channel channel, int attempts, int failures)
            throws InterruptedException {
        switch (attempt(message, channel)) {
            case Delivery.Sent sent -> {
                outages.end(channel);
                log.write(note(message, Status.SENT, attempts, null, null, null));
                return true;
            }
            case Delivery.Refused refused -> {
                outages.end(channel);
                return failed(message, attempts, refused.cause(), refused.detail());
            }
            case Delivery.Retry retry -> {
                Instant next = clock.instant().plus(backoff.after(failures + 1, retry.after(), random));
                outages.begin(new Outage(channel, failures + 1, retry, next));
                if (tooOld(message, next)) {
                    return failed(message, attempts, retry.cause(), retry.detail());
                }
                log.write(note(message, Status.RETRYING, attempts, retry.cause(), retry.detail(), next));
                return false;
            }
        }
    }

    /** Whoever tests a channel waits for the answer: one attempt, at once, switched off or not. */
    private boolean tested(OutboxMessage message, Channel channel) throws InterruptedException {
        return switch (attempt(message, channel)) {
            case Delivery.Sent sent -> {
                outages.end(channel);
                log.write(note(message, Status.SENT, 1, null, null, null));
                yield true;
            }
            case Delivery.Retry retry -> failed(message, 1, retry.cause(), retry.detail());
            case Delivery.Refused refused -> failed(message, 1, refused.cause(), refused.detail());
        };
    }

    private Delivery attempt(OutboxMessage message, Channel channel) throws InterruptedException {
        Sender sender = senders.get(channel.type());
        if (sender == null) {
            return new Delivery.Refused(
                    Cause.UNSUPPORTED,
                    "this version cannot send by " + channel.type().word());
        }
        OutboxMessage current =
                new OutboxMessage(message.id(), channel, message.type(), message.createdAt(), message.alerts());
        Delivery delivery;
        try {
            delivery = sender.send(current, clock.instant());
        } catch (RuntimeException e) {
            LOG.errorf(e, "sending %s to %s", message.id(), channel);
            delivery = Delivery.retry(Cause.INTERNAL, e.getClass().getSimpleName());
        }
        if (delivery instanceof Delivery.Sent) {
            mute.remove(channel.id());
        } else {
            mute.add(channel.id());
        }
        return delivery;
    }

    private boolean tooOld(OutboxMessage message, Instant at) {
        return message.createdAt().plus(backoff.patience()).isBefore(at);
    }

    private boolean failed(OutboxMessage message, int attempts, Cause cause, String detail)
            throws InterruptedException {
        log.write(note(message, Status.FAILED, attempts, cause, detail, null));
        return true;
    }

    private DeliveryRecord note(
            OutboxMessage message,
            Status status,
            int attempts,
            @Nullable Cause cause,
            @Nullable String detail,
            @Nullable Instant next) {
        return new DeliveryRecord(
                message.id(),
                message.channel().id(),
                message.type(),
                status,
                attempts,
                clock.instant(),
                cause == null ? null : cause.word(),
                detail,
                next,
                message.alerts().stream().map(Alert::id).toList());
    }
}
