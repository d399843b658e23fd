package io.peerscope.notify.deliver;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.DeliveryRecord.Status;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.deliver.Delivery.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Brings one message to its end: sent, or given up. At least once: after a crash between the other side's yes and our
 * note of it, the message goes again under the same id.
 */
public final class Postman {
    private final Map<ChannelType, Sender> senders;
    private final DeliveryLog log;
    private final Backoff backoff;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Pause pause;

    /** Waiting, so that tests need not. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    public Postman(
            Map<ChannelType, Sender> senders,
            DeliveryLog log,
            Backoff backoff,
            InstantSource clock,
            RandomGenerator random,
            Pause pause) {
        this.senders = Map.copyOf(senders);
        this.log = log;
        this.backoff = backoff;
        this.clock = clock;
        this.random = random;
        this.pause = pause;
    }

    public void deliver(OutboxMessage message) throws InterruptedException {
        if (log.dealtWith(message.id())) {
            return;
        }
        for (int attempt = 1; ; attempt++) {
            Instant now = clock.instant();
            switch (attempt(message, now)) {
                case Delivery.Sent sent -> {
                    log.write(note(message, Status.SENT, attempt, null, null, null));
                    return;
                }
                case Delivery.Refused refused -> {
                    log.write(note(message, Status.FAILED, attempt, refused.cause(), refused.detail(), null));
                    return;
                }
                case Delivery.Retry retry -> {
                    Optional<Duration> wait = backoff.after(attempt, retry.after(), random);
                    if (wait.isEmpty()) {
                        log.write(note(message, Status.FAILED, attempt, retry.cause(), retry.detail(), null));
                        return;
                    }
                    Instant next = clock.instant().plus(wait.get());
                    log.write(note(message, Status.RETRYING, attempt, retry.cause(), retry.detail(), next));
                    pause.of(wait.get());
                }
            }
        }
    }

    private Delivery attempt(OutboxMessage message, Instant now) throws InterruptedException {
        Sender sender = senders.get(message.channel().type());
        return sender == null
                ? new Delivery.Refused(
                        Cause.UNSUPPORTED,
                        "this version cannot send by "
                                + message.channel().type().word())
                : sender.send(message, now);
    }

    private DeliveryRecord note(
            OutboxMessage message,
            Status status,
            int attempts,
            @Nullable Cause cause,
            @Nullable String detail,
            @Nullable Instant next) {
        List<String> alertIds = message.alerts().stream().map(Alert::id).toList();
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
                alertIds);
    }
}
