package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.contracts.notify.MessageType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;

/**
 * What one channel would have been sent, by the policy that runs live: cooldown, limit and digests. It begins with a channel
 * that was told nothing.
 */
public final class ChannelRehearsal {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Channel channel;
    private final Map<String, Told> told = new HashMap<>();
    private final Map<String, Told> waiting = new TreeMap<>();
    private final List<Message> messages = new ArrayList<>();
    private final Inhibitors inhibitors = Inhibitors.none();
    /** Beginnings and ends of others that may be causes, in order of time. */
    private final Queue<Turn> turns = new PriorityQueue<>(Comparator.comparing(Turn::at));

    private SendWindow window = SendWindow.empty();
    private Instant clock;

    private record Turn(Instant at, Alert alert, boolean on) {}

    /** @param inhibitions count for what it hears, and for {@link #besides} */
    public ChannelRehearsal(Channel channel, Collection<Inhibition> inhibitions, Instant from) {
        this.channel = channel;
        this.clock = from;
        inhibitions.forEach(inhibitors::put);
    }

    /** @param alerts whom it names; one, unless it is a digest */
    public record Message(Instant at, MessageType type, List<Alert> alerts) {}

    /** Alerts that are not rehearsed, but were on at their time and may keep others from being told. */
    public ChannelRehearsal besides(Collection<Alert> others) {
        for (Alert alert : others) {
            turns.add(new Turn(alert.firedAt() == null ? alert.startedAt() : alert.firedAt(), alert, true));
            if (alert.resolvedAt() != null) {
                turns.add(new Turn(alert.resolvedAt(), alert, false));
            }
        }
        return this;
    }

    /** Events come in order of time; one that is of an earlier time than the last counts as told with it. */
    public void hear(AlertEvent event) {
        passUntil(event.time());
        String key = event.data().key();
        inhibitors.hear(event);
        ChannelPolicy.Step step = ChannelPolicy.onEvent(situation(), Optional.ofNullable(told.get(key)), event);
        if (step.told() != null) {
            save(key, step.told());
        }
        window = step.window();
        if (step.verdict() instanceof Verdict.Send send) {
            messages.add(new Message(clock, send.type(), send.alerts()));
        }
    }

    public List<Message> finish(Instant until) {
        passUntil(until);
        return List.copyOf(messages);
    }

    private void passUntil(Instant until) {
        while (!waiting.isEmpty() && clock.plus(TICK).isBefore(until)) {
            clock = clock.plus(TICK);
            turn();
            tick();
        }
        clock = until.isAfter(clock) ? until : clock;
        turn();
    }

    private void turn() {
        for (Turn next = turns.peek(); next != null && !next.at().isAfter(clock); next = turns.peek()) {
            turns.remove();
            if (!next.on()) {
                inhibitors.off(next.alert().key());
            } else if (inhibitors.mayInhibit(next.alert())) {
                inhibitors.on(next.alert());
            }
        }
    }

    private void tick() {
        waiting.entrySet().removeIf(each -> {
            boolean forgotten = ChannelRound.forgettable(channel, each.getValue(), clock);
            if (forgotten) {
                told.remove(each.getKey());
            }
            return forgotten;
        });
        ChannelRound.Due due = ChannelRound.of(situation(), Map.copyOf(waiting));
        due.told().forEach(this::save);
        window = due.window();
        due.messages().forEach(send -> messages.add(new Message(clock, send.type(), send.alerts())));
    }

    private Situation situation() {
        return Situation.of(channel, window, inhibitors, Incidents.none(), clock);
    }

    private void save(String key, Told now) {
        told.put(key, now);
        if (ChannelRound.concerns(channel, now)) {
            waiting.put(key, now);
        } else {
            waiting.remove(key);
        }
    }
}
