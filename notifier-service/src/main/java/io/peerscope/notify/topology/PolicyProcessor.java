package io.peerscope.notify.topology;

import static java.util.Objects.requireNonNull;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.Contributor;
import io.peerscope.contracts.notify.HeldRecord;
import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.streams.PromptCommit;
import io.peerscope.notify.message.MessageId;
import io.peerscope.notify.policy.ChannelPolicy;
import io.peerscope.notify.policy.ChannelRound;
import io.peerscope.notify.policy.Held;
import io.peerscope.notify.policy.SendWindow;
import io.peerscope.notify.policy.Situation;
import io.peerscope.notify.policy.Told;
import io.peerscope.notify.policy.Undelivered;
import io.peerscope.notify.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Applies the policy to what was routed to the channels of this partition, and once a second to what waits there. What
 * a channel is like it reads itself, in the order of the topic: an event on its way may be older than the channel's last
 * change, or than its removal.
 */
final class PolicyProcessor implements Processor<String, @Nullable Object, String, Object> {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Consumer<Held> heldMeter;
    private final Function<Alert, List<Contributor>> contributors;
    private @Nullable ProcessorContext<String, Object> context;
    private @Nullable PromptCommit commit;
    private @Nullable KnownChannels channels;
    private @Nullable KnownInhibitors inhibitors;
    private @Nullable ChannelMemory memory;

    PolicyProcessor(Consumer<Held> heldMeter, Function<Alert, List<Contributor>> contributors) {
        this.heldMeter = heldMeter;
        this.contributors = contributors;
    }

    @Override
    public void init(ProcessorContext<String, Object> newContext) {
        context = newContext;
        commit = new PromptCommit(newContext);
        channels = new KnownChannels(newContext.getStateStore(NotifierTopology.CHANNELS_STORE));
        inhibitors = new KnownInhibitors(
                newContext.getStateStore(NotifierTopology.INHIBITIONS_STORE),
                newContext.getStateStore(NotifierTopology.CAUSES_STORE));
        memory = new ChannelMemory(
                newContext.getStateStore(NotifierTopology.WINDOWS_STORE),
                newContext.getStateStore(NotifierTopology.TOLD_STORE));
        newContext.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<String, @Nullable Object> row) {
        switch (row.value()) {
            case AlertEvent event
            when row.key().equals(ToAllPartitions.KEY) ->
                requireNonNull(inhibitors).hear(event);
            case AlertEvent event -> requireNonNull(channels).get(row.key()).ifPresent(channel -> hear(channel, event));
            case Undelivered message -> undelivered(row.key(), message);
            case Channel channel -> requireNonNull(channels).change(row.key(), channel);
            case Inhibition inhibition -> requireNonNull(inhibitors).change(row.key(), inhibition);
            case null -> removed(row.key());
            default -> throw new IllegalStateException("no event, channel or inhibition: " + row.value());
        }
    }

    private void removed(String id) {
        if (NotifierTopology.isFrom(Topic.NOTIFICATIONS_INHIBITIONS, requireNonNull(context))) {
            requireNonNull(inhibitors).change(id, null);
        } else {
            requireNonNull(channels).change(id, null);
            requireNonNull(memory).forget(id);
        }
    }

    private Situation situation(Channel channel, Instant now) {
        SendWindow window = requireNonNull(memory).window(channel.id());
        return Situation.of(channel, window, requireNonNull(inhibitors).view(), now);
    }

    private void hear(Channel channel, AlertEvent event) {
        ChannelMemory known = requireNonNull(memory);
        Instant now = Instant.ofEpochMilli(requireNonNull(context).currentSystemTimeMs());
        String alertKey = event.data().key();
        ChannelPolicy.Step step =
                ChannelPolicy.onEvent(situation(channel, now), known.told(channel.id(), alertKey), event);
        Optional.ofNullable(step.told()).ifPresent(told -> known.save(channel.id(), alertKey, told));
        known.save(channel.id(), step.window());
        switch (step.verdict()) {
            case Verdict.Hold hold -> held(channel, hold.why(), event, now);
            case Verdict.Send send -> forward(channel, send, event.id(), now);
        }
    }

    private void undelivered(String channelId, Undelivered message) {
        if (requireNonNull(channels).get(channelId).isEmpty()) {
            return;
        }
        ChannelMemory known = requireNonNull(memory);
        Instant now = Instant.ofEpochMilli(requireNonNull(context).currentSystemTimeMs());
        for (Alert alert : message.alerts()) {
            Optional<Told> before = known.told(channelId, alert.key());
            message.of(alert, before, now)
                    .filter(told -> !before.equals(Optional.of(told)))
                    .ifPresent(told -> known.save(channelId, alert.key(), told));
        }
    }

    private void held(Channel channel, Held why, AlertEvent event, Instant now) {
        heldMeter.accept(why);
        if (why.ofOneChannel()) {
            HeldRecord record = new HeldRecord(event.id(), event.data().id(), channel.id(), why.word(), now);
            requireNonNull(context)
                    .forward(new Record<>(event.data().id(), record, now.toEpochMilli()), NotifierTopology.HELD);
        }
    }

    private void tick(Instant now) {
        ChannelMemory known = requireNonNull(memory);
        for (String channelId : known.channels()) {
            requireNonNull(channels).get(channelId).ifPresent(channel -> {
                known.forget(channelId, told -> ChannelRound.forgettable(channel, told, now));
                ChannelRound.Due due = ChannelRound.of(situation(channel, now), known.known(channelId));
                due.told().forEach((alertKey, told) -> known.save(channelId, alertKey, told));
                known.save(channelId, due.window());
                due.messages().forEach(send -> forward(channel, send, cause(send, now), now));
            });
        }
    }

    /**
     * Nothing but its content distinguishes such a message. A round that is repeated after a crash may make others: those
     * of the first were never committed, so nobody has seen them.
     */
    private static String cause(Verdict.Send send, Instant now) {
        return "due/" + now.toEpochMilli() + "/" + send.type().word() + "/"
                + send.alerts().getFirst().id();
    }

    private void forward(Channel channel, Verdict.Send send, String cause, Instant now) {
        OutboxMessage message =
                new OutboxMessage(MessageId.of(channel.id(), cause), channel, send.type(), now, send.alerts());
        OutboxMessage told = send.alerts().size() == 1
                ? message.with(contributors.apply(send.alerts().getFirst()))
                : message;
        requireNonNull(context).forward(new Record<>(channel.id(), told, now.toEpochMilli()), NotifierTopology.OUTBOX);
        requireNonNull(commit).sent();
    }
}
