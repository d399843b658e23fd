package io.peerscope.gateway.conversation;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.gateway.live.AlertLog;
import io.peerscope.gateway.live.Frame;
import io.peerscope.gateway.live.LiveState;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One client on {@code /monitor}: what it asked for, and what it is to be sent. Knows no socket. Not thread-safe; times
 * are milliseconds of one clock.
 */
public final class Conversation {
    /** How long alerts wait for a client that may want to resume; afterwards missed ones come late, but still once. */
    private static final long RESUME_PATIENCE_MS = 500;

    private static final List<String> AT_FIRST = List.of("metrics", "alert", "status");

    private record Hello(
            String type,
            String epoch,
            long offset,
            boolean recovered,
            Collection<String> subscriptions,
            Limits limits) {}

    private record Fault(String type, String code, String detail) {}

    private final String epoch;
    private final AlertLog alerts;
    private final Limits limits;
    private final OutboundQueue outbound;
    private final MessageAllowance allowance;
    private final Map<String, Channel> subscriptions = new LinkedHashMap<>();
    private final long startedAt;
    private boolean spoken;

    /** @param epoch of this gateway's alert offsets */
    public Conversation(String epoch, LiveState state, AlertLog alerts, Limits limits, long now) {
        this.epoch = epoch;
        this.alerts = alerts;
        this.limits = limits;
        this.outbound = new OutboundQueue(state, alerts, limits);
        this.allowance = new MessageAllowance(limits.messagesPerSecond(), now);
        this.startedAt = now;
        AT_FIRST.forEach(word -> Channel.of(word).ifPresent(this::subscribe));
        outbound.holdAlerts(true);
        greet(false);
    }

    /** @return why the connection must end, if it must */
    public Optional<CloseReason> received(String text, long now) {
        if (!allowance.take(now) || tooLong(text)) {
            return Optional.of(CloseReason.LIMIT_EXCEEDED);
        }
        switch (ClientMessage.parse(text)) {
            case ClientMessage.Subscribe(var channels) -> channels.forEach(this::subscribe);
            case ClientMessage.Unsubscribe(var channels) -> channels.forEach(this::unsubscribe);
            case ClientMessage.Resume(String since, long offset) -> resume(since, offset);
            case ClientMessage.Faulty(ErrorCode code, String detail) ->
                outbound.reply(Frame.of(new Fault("error", code.word(), detail)));
        }
        spoken = true;
        return subscriptions.size() > limits.subscriptions()
                ? Optional.of(CloseReason.LIMIT_EXCEEDED)
                : Optional.empty();
    }

    /** The next frame to write; empty where there is nothing to say at this moment. */
    public Optional<Frame> next(long now) {
        outbound.holdAlerts(!spoken && now - startedAt < RESUME_PATIENCE_MS);
        return outbound.next(now);
    }

    /** Whether the client is so far behind that it must go. */
    public boolean overflows() {
        return outbound.overflows();
    }

    private void resume(String since, long offset) {
        boolean recovered = since.equals(epoch) && outbound.resumeAfter(offset);
        if (!recovered) {
            outbound.startOver();
        }
        greet(recovered);
    }

    private void greet(boolean recovered) {
        outbound.reply(Frame.of(
                new Hello("hello", epoch, alerts.last(), recovered, List.copyOf(subscriptions.keySet()), limits)));
    }

    private void subscribe(Channel channel) {
        subscriptions.put(channel.word(), channel);
        switch (channel) {
            case Channel.Alerts all -> outbound.followAlerts();
            case Channel.State(String word, var key) -> outbound.follow(key);
        }
    }

    private void unsubscribe(Channel channel) {
        subscriptions.remove(channel.word());
        switch (channel) {
            case Channel.Alerts all -> outbound.unfollowAlerts();
            case Channel.State(String word, var key) -> outbound.unfollow(key);
        }
    }

    private boolean tooLong(String text) {
        return text.length() > limits.messageBytes()
                || text.getBytes(StandardCharsets.UTF_8).length > limits.messageBytes();
    }
}
