package io.peerscope.notify.action;

import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Delivery.Cause;
import io.peerscope.notify.deliver.Sender;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Asks somebody else's program to do something, where the network is well enough for it. What is done to a network that
 * falls apart makes it worse, so when nobody knows how it is, nothing is asked. Whoever is asked knows by the message's id
 * that it is the same request.
 */
public final class ActionSender implements Sender {
    private final Sender hook;
    private final NetworkCondition network;

    /** @param hook signs and POSTs */
    public ActionSender(Sender hook, NetworkCondition network) {
        this.hook = hook;
        this.network = network;
    }

    @Override
    public Delivery send(OutboxMessage message, Instant now) throws InterruptedException {
        Channel.Action action = message.channel().action();
        if (action == null) {
            return new Delivery.Refused(Cause.NOT_CONFIGURED, "the channel has no action");
        }
        if (message.type() == MessageType.TEST) {
            return hook.send(message, now);
        }
        Integer wanted = action.minNetworkHealth();
        if (wanted != null) {
            OptionalDouble health = network.health(now);
            if (health.isEmpty() || health.getAsDouble() < wanted) {
                String is = health.isEmpty()
                        ? "not known"
                        : String.format(Locale.ROOT, "%.1f, less than %d", health.getAsDouble(), wanted);
                return new Delivery.Refused(Cause.NETWORK_UNHEALTHY, "the network's health is " + is);
            }
        }
        return action.dryRun()
                ? new Delivery.DryRun("dry run: " + action.name() + " was not asked for")
                : hook.send(message, now);
    }
}
