package io.peerscope.notify.topology;

import static java.util.Objects.requireNonNull;

import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.notify.message.MessageId;
import io.peerscope.notify.policy.ChannelPolicy;
import io.peerscope.notify.policy.Held;
import io.peerscope.notify.policy.SendWindow;
import io.peerscope.notify.policy.Told;
import io.peerscope.notify.policy.Verdict;
import io.peerscope.notify.route.Routed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Applies {@link ChannelPolicy} and keeps its state. What a channel is owed (held or in a digest) is also kept on the
 * heap, so that the tick looks only at that; the stores remain the truth and fill it again after a restart.
 */
final class PolicyProcessor implements Processor<String, Routed, String, OutboxMessage> {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final char SEPARATOR = '\u0000';

    private final Consumer<Held> heldMeter;
    private final Map<String, ChannelState> states = new HashMap<>();
    private final Map<String, Map<String, Told>> open = new HashMap<>();
    private @Nullable ProcessorContext<String, OutboxMessage> context;
    private @Nullable KeyValueStore<String, ChannelState> stateStore;
    private @Nullable KeyValueStore<String, Told> toldStore;

    PolicyProcessor(Consumer<Held> heldMeter) {
        this.heldMeter = heldMeter;
    }

    @Override
    public void init(ProcessorContext<String, OutboxMessage> newContext) {
        context = newContext;
        stateStore = newContext.getStateStore(NotifierTopology.STATES_STORE);
        toldStore = newContext.getStateStore(NotifierTopology.TOLD_STORE);
        states.clear();
        open.clear();
        try (KeyValueIterator<String, ChannelState> all =
                requireNonNull(stateStore).all()) {
            all.forEachRemaining(entry -> states.put(entry.key, entry.value));
        }
        try (KeyValueIterator<String, Told> all = requireNonNull(toldStore).all()) {
            while (all.hasNext()) {
                KeyValue<String, Told> entry = all.next();
                int cut = entry.key.indexOf(SEPARATOR);
                remember(entry.key.substring(0, cut), entry.key.substring(cut + 1), entry.value);
            }
        }
        newContext.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<String, Routed> row) {
        String channelId = row.key();
        Channel channel = row.value().channel();
        if (channel == null) {
            forget(channelId);
            return;
        }
        SendWindow window = states.containsKey(channelId)
                ? requireNonNull(states.get(channelId)).window()
                : SendWindow.empty();
        AlertEvent event = row.value().event();
        if (event == null) {
            save(channelId, new ChannelState(channel, window));
            return;
        }
        Instant now = Instant.ofEpochMilli(requireNonNull(context).currentSystemTimeMs());
        String alertKey = event.data().key();
        Optional<Told> known = Optional.ofNullable(toldOf(channelId).get(alertKey));
        ChannelPolicy.Step step = ChannelPolicy.onEvent(channel, window, known, event, now);
        if (step.told() != null) {
            saveTold(channelId, alertKey, step.told());
        }
        save(channelId, new ChannelState(channel, step.window()));
        switch (step.verdict()) {
            case Verdict.Hold hold -> heldMeter.accept(hold.why());
            case Verdict.Send send -> forward(channel, send, event.id(), now);
        }
    }

    private void tick(Instant now) {
        for (Map.Entry<String, Map<String, Told>> entry : Map.copyOf(open).entrySet()) {
            String channelId = entry.getKey();
            ChannelState state = states.get(channelId);
            if (state == null || entry.getValue().isEmpty()) {
                continue;
            }
            Map<String, Told> known = new TreeMap<>(entry.getValue());
            known.forEach((alertKey, told) -> {
                if (ChannelPolicy.forgettable(state.channel(), told, now)) {
                    requireNonNull(toldStore).delete(channelId + SEPARATOR + alertKey);
                    toldOf(channelId).remove(alertKey);
                }
            });
            ChannelPolicy.Due due = ChannelPolicy.onTime(state.channel(), state.window(), known, now);
            due.told().forEach((alertKey, told) -> saveTold(channelId, alertKey, told));
            if (!due.messages().isEmpty()) {
                save(channelId, new ChannelState(state.channel(), due.window()));
            }
            int number = 0;
            for (Verdict.Send send : due.messages()) {
                forward(state.channel(), send, "due/" + now.toEpochMilli() + "/" + number++, now);
            }
        }
    }

    private void forward(Channel channel, Verdict.Send send, String cause, Instant now) {
        OutboxMessage message =
                new OutboxMessage(MessageId.of(channel.id(), cause), channel, send.type(), now, send.alerts());
        requireNonNull(context).forward(new Record<>(channel.id(), message, now.toEpochMilli()));
    }

    private void save(String channelId, ChannelState state) {
        if (!state.equals(states.put(channelId, state))) {
            requireNonNull(stateStore).put(channelId, state);
        }
    }

    private void saveTold(String channelId, String alertKey, Told told) {
        requireNonNull(toldStore).put(channelId + SEPARATOR + alertKey, told);
        remember(channelId, alertKey, told);
    }

    private void remember(String channelId, String alertKey, Told told) {
        toldOf(channelId).put(alertKey, told);
    }

    private Map<String, Told> toldOf(String channelId) {
        return open.computeIfAbsent(channelId, id -> new TreeMap<>());
    }

    private void forget(String channelId) {
        toldOf(channelId).keySet().forEach(alertKey -> requireNonNull(toldStore)
                .delete(channelId + SEPARATOR + alertKey));
        open.remove(channelId);
        states.remove(channelId);
        requireNonNull(stateStore).delete(channelId);
    }
}
