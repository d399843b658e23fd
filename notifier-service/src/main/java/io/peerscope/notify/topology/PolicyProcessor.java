package io.peerscope.notify.topology;

import static java.util.Objects.requireNonNull;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.Contributor;
import io.peerscope.contracts.notify.HeldRecord;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.foundation.streams.PromptCommit;
import io.peerscope.foundation.trace.Span;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.notify.message.MessageId;
import io.peerscope.notify.policy.ChannelPolicy;
import io.peerscope.notify.policy.ChannelRound;
import io.peerscope.notify.policy.Held;
import io.peerscope.notify.policy.Incidents;
import io.peerscope.notify.policy.Refusals;
import io.peerscope.notify.policy.SendWindow;
import io.peerscope.notify.policy.Situation;
import io.peerscope.notify.policy.Told;
import io.peerscope.notify.policy.Undelivered;
import io.peerscope.notify.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
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
    private final Incidents incidents;
    private final Tracer tracer;
    private @Nullable ProcessorContext<String, Object> context;
    private @Nullable PromptCommit commit;
    private @Nullable KnownControl control;
    private @Nullable ChannelMemory memory;

    PolicyProcessor(
            Consumer<Held> heldMeter,
            Function<Alert, List<Contributor>> contributors,
            Incidents incidents,
            Tracer tracer) {
        this.heldMeter = heldMeter;
        this.contributors = contributors;
        this.incidents = incidents;
        this.tracer = tracer;
    }

    @Override
    public void init(ProcessorContext<String, Object> newContext) {
        context = newContext;
        commit = new PromptCommit(newContext);
        control = new KnownControl(newContext);
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
                requireNonNull(control).hear(event);
            case AlertEvent event -> channel(row.key()).ifPresent(channel -> traced(channel, event, row.headers()));
            case Undelivered message when message.alerts().isEmpty() -> mended(row.key());
            case Undelivered message -> undelivered(row.key(), message);
            case null, default -> {
                switch (requireNonNull(control).change(row)) {
                    case KnownControl.Change.ChannelWritten(String id) -> mended(id);
                    case KnownControl.Change.ChannelRemoved(String id) ->
                        requireNonNull(memory).forget(id);
                    case KnownControl.Change.InhibitionChanged() -> {}
                }
            }
        }
    }

    private Optional<Channel> channel(String id) {
        return requireNonNull(control).channel(id);
    }

    private Instant now() {
        return Instant.ofEpochMilli(requireNonNull(context).currentSystemTimeMs());
    }

    /** Perhaps: somebody has edited it, or a test got through. */
    private void mended(String channelId) {
        ChannelMemory known = requireNonNull(memory);
        Instant now = now();
        Map.copyOf(known.known(channelId)).forEach((alertKey, told) -> Refusals.mended(told, now)
                .ifPresent(after -> known.save(channelId, alertKey, after)));
    }

    private Situation situation(Channel channel, Instant now) {
        SendWindow window = requireNonNull(memory).window(channel.id());
        return Situation.of(channel, window, requireNonNull(control).inhibitors(), incidents, now);
    }

    private void traced(Channel channel, AlertEvent event, Headers headers) {
        Span span = tracer.follow("decide for " + channel.id(), headers);
        try {
            hear(channel, event, span);
        } finally {
            span.end();
        }
    }

    private void hear(Channel channel, AlertEvent event, Span span) {
        ChannelMemory known = requireNonNull(memory);
        Instant now = now();
        String alertKey = event.data().key();
        ChannelPolicy.Step step =
                ChannelPolicy.onEvent(situation(channel, now), known.told(channel.id(), alertKey), event);
        Optional.ofNullable(step.told()).ifPresent(told -> known.save(channel.id(), alertKey, told));
        known.save(channel.id(), step.window());
        switch (step.verdict()) {
            case Verdict.Hold hold -> {
                span.note("peerscope.held", hold.why().word());
                held(channel, hold.why(), event, now);
            }
            case Verdict.Send send -> forward(channel, send, event.id(), now, span);
        }
    }

    private void undelivered(String channelId, Undelivered message) {
        if (channel(channelId).isEmpty()) {
            return;
        }
        ChannelMemory known = requireNonNull(memory);
        Instant now = now();
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
            String cause = why == Held.INCIDENT
                    ? situation(channel, now).cause(event.data()).orElse(null)
                    : null;
            HeldRecord record = new HeldRecord(event.id(), event.data().id(), channel.id(), why.word(), now, cause);
            requireNonNull(context)
                    .forward(new Record<>(event.data().id(), record, now.toEpochMilli()), NotifierTopology.HELD);
        }
    }

    private void tick(Instant now) {
        ChannelMemory known = requireNonNull(memory);
        for (String channelId : known.channels()) {
            channel(channelId).ifPresent(channel -> {
                known.forget(channelId, told -> ChannelRound.forgettable(channel, told, now));
                ChannelRound.Due due = ChannelRound.of(situation(channel, now), known.known(channelId));
                due.told().forEach((alertKey, told) -> known.save(channelId, alertKey, told));
                known.save(channelId, due.window());
                due.messages().forEach(send -> due(channel, send, now));
            });
        }
    }

    /** What it waited for may be of many traces, so it is one of its own. */
    private void due(Channel channel, Verdict.Send send, Instant now) {
        Span span = tracer.alert("due for " + channel.id());
        forward(channel, send, cause(send, now), now, span);
        span.end();
    }

    /**
     * Nothing but its content distinguishes such a message. A round that is repeated after a crash may make others: those
     * of the first were never committed, so nobody has seen them.
     */
    private static String cause(Verdict.Send send, Instant now) {
        return "due/" + now.toEpochMilli() + "/" + send.type().word() + "/"
                + send.alerts().getFirst().id();
    }

    private void forward(Channel channel, Verdict.Send send, String cause, Instant now, Span span) {
        OutboxMessage message =
                new OutboxMessage(MessageId.of(channel.id(), cause), channel, send.type(), now, send.alerts());
        OutboxMessage told = send.alerts().size() == 1
                ? message.with(contributors.apply(send.alerts().getFirst()))
                : message;
        requireNonNull(context)
                .forward(new Record<>(channel.id(), told, now.toEpochMilli(), span.headers()), NotifierTopology.OUTBOX);
        requireNonNull(commit).sent();
    }
}
