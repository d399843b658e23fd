package io.peerscope.notify.deliver;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.foundation.trace.Span;
import io.peerscope.notify.deliver.ChannelDirectory.Entry;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.deliver.Outages.Outage;
import io.peerscope.notify.message.MessageId;
import io.peerscope.notify.policy.Undelivered;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Brings one message to its end: sent, or given up. At least once: after a crash between the other side's yes and our
 * note of it, the message goes again under the same id. Sends to the channel as it is at each attempt. One thread for
 * each channel; different channels may be served at once.
 */
public final class Postman {
    /** So that a channel that was mended, or removed, is noticed before the pause is over. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);
    /** Refusals in a row; one alert of 500 is found after four of them. */
    private static final int MOST_SUSPECTS = 10;

    private final Sending sending;
    private final Notes notes;
    private final ChannelDirectory channels;
    private final DeliveryLog log;
    private final Fallbacks fallbacks;
    private final Returns returns;
    private final Backoff backoff;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Outages outages = new Outages();
    private final Closed closed;

    public Postman(
            Map<ChannelType, Sender> senders,
            ChannelDirectory channels,
            DeliveryLog log,
            Fallbacks fallbacks,
            Returns returns,
            Backoff backoff,
            InstantSource clock,
            RandomGenerator random) {
        this.sending = new Sending(senders, clock);
        this.notes = new Notes(sending, clock);
        this.channels = channels;
        this.log = log;
        this.closed = new Closed(log);
        this.fallbacks = fallbacks;
        this.returns = returns;
        this.backoff = backoff;
        this.clock = clock;
        this.random = random;
    }

    /** Whether the last attempt at this channel failed; false where there was none. */
    public boolean isMute(Channel channel) {
        return sending.trouble(channel.id()).isPresent() || closed.of(channel).isPresent();
    }

    /** Whether attempts at it failed so often, or so finally, that it counts as dead. */
    public boolean isDead(Channel channel) {
        return sending.trouble(channel.id()).filter(Trouble::isDead).isPresent()
                || closed.of(channel).isPresent();
    }

    /** As {@link #deliver(OutboxMessage, Claim, Span)}, untraced. */
    public boolean deliver(OutboxMessage message, Claim claim) throws InterruptedException {
        return deliver(message, claim, Span.NONE);
    }

    /** @return whether the message is dealt with; otherwise the claim was lost, and whoever has it now goes on */
    public boolean deliver(OutboxMessage message, Claim claim, Span span) throws InterruptedException {
        int attempts = 0;
        while (claim.held()) {
            if (log.dealtWith(message.id())) {
                return true;
            }
            Entry entry = channels.find(message.channel().id(), message.createdAt());
            if (message.type() == MessageType.TEST) {
                return tested(entry instanceof Entry.Present present ? message.to(present.channel()) : message, span);
            }
            Channel channel;
            switch (entry) {
                case Entry.Removed removed -> {
                    return failed(message, attempts, Cause.CHANNEL_REMOVED, "the channel was removed");
                }
                case Entry.Present present
                when !present.channel().enabled() -> {
                    giveBack(message, Optional.empty());
                    return failed(
                            message,
                            attempts,
                            Cause.CHANNEL_DISABLED,
                            "the channel was switched off; what is still on is told when it is on again");
                }
                case Entry.Present present -> channel = present.channel();
                case Entry.Unknown unknown -> channel = message.channel();
            }
            OutboxMessage letter = message.to(channel);
            Optional<Outage> outage = closed.of(channel).or(() -> outages.of(channel));
            Instant now = clock.instant();
            if (outage.isPresent() && now.isBefore(outage.get().until())) {
                Optional<Channel> fallback = fallback(letter, outage.get().failures());
                if (fallback.isPresent() || tooOld(letter, now)) {
                    Delivery.Retry last = outage.get().last();
                    return givenUp(letter, attempts, last, fallback);
                }
                claim.rest(outage.get().rest(now, LONGEST_REST));
                continue;
            }
            attempts++;
            if (dealtWith(letter, attempts, outage.map(Outage::failures).orElse(0), span)) {
                return true;
            }
        }
        return false;
    }

    /** @param message with its channel as it is now */
    private boolean dealtWith(OutboxMessage message, int attempts, int failuresBefore, Span span)
            throws InterruptedException {
        Channel channel = message.channel();
        switch (sending.attempt(message, span)) {
            case Delivery.Sent sent -> {
                outages.end(channel);
                Optional<Channel> other = tellEnds(message);
                log.write(notes.sent(message, sent, attempts, other));
                return true;
            }
            case Delivery.DryRun dryRun -> {
                log.write(notes.note(message, Status.DRY_RUN, attempts, null, dryRun.detail(), null, Optional.empty()));
                return true;
            }
            case Delivery.Refused refused
            when refused.cause() == Cause.GONE -> {
                return closed(message, refused, attempts);
            }
            case Delivery.Refused refused -> {
                outages.end(channel);
                Optional<Channel> fallback = Optional.empty();
                if (refused.cause().isOfChannel()) {
                    fallback = fallback(message, DeliveryRecord.DEAD_AFTER);
                    if (fallback.isEmpty()) {
                        giveBack(message, Optional.of(refused));
                    }
                }
                return failed(message, attempts, refused.cause(), refused.detail(), fallback);
            }
            case Delivery.Retry retry -> {
                Instant next = clock.instant().plus(backoff.after(failuresBefore + 1, retry.after(), random));
                outages.begin(new Outage(channel, failuresBefore + 1, retry, next));
                Optional<Channel> fallback = fallback(message, failuresBefore + 1);
                if (fallback.isPresent() || tooOld(message, next)) {
                    return givenUp(message, attempts, retry, fallback);
                }
                log.write(notes.note(
                        message, Status.RETRYING, attempts, retry.cause(), retry.detail(), next, Optional.empty()));
                return false;
            }
        }
    }

    /** What waits for somebody to mend the channel does not knock meanwhile. */
    private boolean closed(OutboxMessage message, Delivery.Refused gone, int attempts) throws InterruptedException {
        Outage outage = Closed.outage(message.channel(), whyClosed(gone));
        Optional<Channel> fallback = fallback(message, outage.failures());
        if (fallback.isPresent()) {
            return failed(message, attempts, Cause.GONE, outage.last().detail(), fallback);
        }
        log.write(notes.note(
                message, Status.RETRYING, attempts, Cause.GONE, outage.last().detail(), null, Optional.empty()));
        return false;
    }

    private static String whyClosed(Delivery.Refused gone) {
        return gone.detail() + "; nothing more is sent there until the address is changed or a test gets through";
    }

    /** Who is told instead; one hop, so that two channels that name each other do not play ball. */
    private Optional<Channel> fallback(OutboxMessage message, int failed) {
        String other = message.channel().turn().fallback();
        return other == null || failed < DeliveryRecord.DEAD_AFTER || message.insteadOf() != null
                ? Optional.empty()
                : present(other);
    }

    private Optional<Channel> present(String channelId) {
        return channels.find(channelId, clock.instant()) instanceof Entry.Present there
                        && there.channel().enabled()
                ? Optional.of(there.channel())
                : Optional.empty();
    }

    /** Whoever was told of a beginning instead of this channel is told of the end too. */
    private Optional<Channel> tellEnds(OutboxMessage message) throws InterruptedException {
        Optional<Channel> other = message.alerts().stream()
                .filter(alert -> alert.status() == AlertStatus.RESOLVED)
                .flatMap(alert -> log.toldInstead(message.channel().id(), alert.id()).stream())
                .findFirst()
                .flatMap(this::present);
        if (other.isPresent()) {
            fallbacks.tell(instead(message, other.get()));
        }
        return other;
    }

    private OutboxMessage instead(OutboxMessage message, Channel other) {
        return new OutboxMessage(
                MessageId.of(other.id(), message.id()),
                other,
                message.type(),
                clock.instant(),
                message.alerts(),
                message.channel().id(),
                message.contributors());
    }

    /** Whoever tests a channel waits for the answer: one attempt, at once, switched off or not. */
    private boolean tested(OutboxMessage message, Span span) throws InterruptedException {
        return switch (sending.attempt(message, span)) {
            case Delivery.Sent sent -> {
                outages.end(message.channel());
                returns.giveBack(message.channel().id(), Undelivered.nothing());
                log.write(notes.sent(message, sent, 1, Optional.empty()));
                yield true;
            }
            case Delivery.DryRun dryRun -> {
                log.write(notes.note(message, Status.DRY_RUN, 1, null, dryRun.detail(), null, Optional.empty()));
                yield true;
            }
            case Delivery.Retry retry -> failed(message, 1, retry.cause(), retry.detail());
            case Delivery.Refused refused
            when refused.cause() == Cause.GONE -> failed(message, 1, Cause.GONE, whyClosed(refused));
            case Delivery.Refused refused -> failed(message, 1, refused.cause(), refused.detail());
        };
    }

    private boolean tooOld(OutboxMessage message, Instant at) {
        return message.createdAt().plus(backoff.patience()).isBefore(at);
    }

    /** Too old, or taken over by the fallback. */
    private boolean givenUp(OutboxMessage message, int attempts, Delivery.Retry last, Optional<Channel> fallback)
            throws InterruptedException {
        if (fallback.isEmpty()) {
            giveBack(message, Optional.empty());
        }
        return failed(message, attempts, last.cause(), last.detail(), fallback);
    }

    /** A fallback is told what another channel owes; what was to be done is too late, and a reminder comes again. */
    private void giveBack(OutboxMessage message, Optional<Delivery.Refused> refused) throws InterruptedException {
        boolean owed =
                switch (message.type()) {
                    case TEST, ACTION, REMINDER -> false;
                    default -> message.insteadOf() == null;
                };
        if (owed) {
            String channel = message.channel().id();
            Set<String> heard = message.alerts().stream()
                    .map(Alert::id)
                    .filter(alert -> log.heard(channel, alert))
                    .collect(Collectors.toSet());
            returns.giveBack(
                    channel,
                    refused.map(why -> Undelivered.refused(message.alerts(), heard, isSuspect(channel, why)))
                            .orElse(new Undelivered(message.alerts(), heard)));
        }
    }

    /** Whoever refuses everything does not do so for one alert among many. */
    private boolean isSuspect(String channel, Delivery.Refused refused) {
        return refused.ofMessage()
                && sending.trouble(channel).map(Trouble::count).orElse(0) <= MOST_SUSPECTS;
    }

    private boolean failed(OutboxMessage message, int attempts, Cause cause, String detail)
            throws InterruptedException {
        return failed(message, attempts, cause, detail, Optional.empty());
    }

    private boolean failed(OutboxMessage message, int attempts, Cause cause, String detail, Optional<Channel> fallback)
            throws InterruptedException {
        if (fallback.isPresent()) {
            fallbacks.tell(instead(message, fallback.get()));
        }
        log.write(notes.note(message, Status.FAILED, attempts, cause, detail, null, fallback));
        return true;
    }
}
