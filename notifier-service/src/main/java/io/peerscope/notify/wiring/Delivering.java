package io.peerscope.notify.wiring;

import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.notify.deliver.Backoff;
import io.peerscope.notify.deliver.Postman;
import io.peerscope.notify.deliver.Sender;
import io.peerscope.notify.outbox.KafkaChannelDirectory;
import io.peerscope.notify.outbox.KafkaDeliveryLog;
import io.peerscope.notify.outbox.KafkaFallbacks;
import io.peerscope.notify.outbox.KafkaReturns;
import io.peerscope.notify.outbox.OutboxLoop;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The half of the service that sends. It may begin only when it knows what was sent before. */
final class Delivering implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final KafkaDeliveryLog log;
    private final KafkaChannelDirectory channels;
    private final KafkaFallbacks fallbacks;
    private final KafkaReturns returns;
    private final Postman postman;
    private final OutboxLoop outbox;

    private Delivering(
            KafkaDeliveryLog log,
            KafkaChannelDirectory channels,
            KafkaFallbacks fallbacks,
            KafkaReturns returns,
            Postman postman,
            OutboxLoop outbox) {
        this.fallbacks = fallbacks;
        this.returns = returns;
        this.log = log;
        this.channels = channels;
        this.postman = postman;
        this.outbox = outbox;
    }

    /** Returns when earlier deliveries and all channels have been read, however long that takes. */
    static Delivering start(
            KafkaClients clients, Map<ChannelType, Sender> senders, Backoff backoff, InstantSource clock, Tracer tracer)
            throws InterruptedException {
        KafkaDeliveryLog log = new KafkaDeliveryLog(clients).start();
        KafkaChannelDirectory channels = new KafkaChannelDirectory(clients, clock.instant()).start();
        try {
            while (!log.caughtUp() || !channels.caughtUp()) {
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            channels.close();
            log.close();
            throw e;
        }
        KafkaFallbacks fallbacks = new KafkaFallbacks(clients);
        KafkaReturns returns = new KafkaReturns(clients);
        Postman postman = new Postman(senders, channels, log, fallbacks, returns, backoff, clock, new SecureRandom());
        return new Delivering(
                log, channels, fallbacks, returns, postman, new OutboxLoop(clients, postman, tracer).start());
    }

    /** Whether a message could arrive somewhere, as far as the last attempts tell. */
    boolean reachesSomebody() {
        List<Channel> enabled = channels.enabled();
        return enabled.isEmpty() || enabled.stream().anyMatch(channel -> !postman.isMute(channel));
    }

    long deadChannels() {
        return channels.enabled().stream().filter(postman::isDead).count();
    }

    Collection<Condition.Source> parts() {
        return List.of(log::condition, channels::condition, outbox::condition);
    }

    @Override
    public void close() {
        outbox.close();
        returns.close();
        fallbacks.close();
        channels.close();
        log.close();
    }
}
