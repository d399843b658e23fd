package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertMatchers;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.notify.policy.Told.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a channel is to be told because time has passed: what was held for later, digests, and once more what is still
 * on. One object a round.
 */
public final class ChannelRound {
    /**
     * What got worse goes first and what may be refused last, of that what tells most; else whatever began first, so that
     * nothing waits forever.
     */
    private static final Comparator<Told> ORDER = Comparator.comparing((Told told) -> told.waiting() != Waiting.URGENT)
            .thenComparing(told -> told.among() != 0)
            .thenComparing(told -> -told.among())
            .thenComparing(told -> told.firstForDigest().startedAt())
            .thenComparing(told -> told.alert().key());

    private final Channel channel;
    private final Instant now;
    private final Map<String, Told> known;
    private final Map<String, Told> changed = new TreeMap<>();
    private final List<Verdict.Send> messages = new ArrayList<>();
    private Situation situation;

    private ChannelRound(Situation situation, Map<String, Told> known) {
        this.situation = situation;
        this.channel = situation.channel();
        this.now = situation.now();
        this.known = known;
    }

    /** @param told only what changed, by alert key */
    public record Due(Map<String, Told> told, SendWindow window, List<Verdict.Send> messages) {}

    /**
     * Called about once a second. A channel that is switched off is told nothing.
     *
     * @param known by alert key; entries that wait for nothing do no harm
     */
    public static Due of(Situation situation, Map<String, Told> known) {
        ChannelRound round = new ChannelRound(situation, known);
        if (situation.channel().enabled()) {
            round.refused();
            round.later();
            round.digests();
            round.reminders();
        }
        return new Due(round.changed, round.situation.window(), round.messages);
    }

    /** Whether this entry can be forgotten: nothing is owed and no cooldown runs. */
    public static boolean forgettable(Channel channel, Told told, Instant now) {
        return told.said() == null
                && told.waiting() == Waiting.NOTHING
                && told.ended().isEmpty()
                && !told.cooling(channel, now);
    }

    /** Whether a round has to look at this entry at all. */
    public static boolean concerns(Channel channel, Told told) {
        return channel.enabled()
                && (told.said() == null
                        || told.waiting() != Waiting.NOTHING
                        || !told.ended().isEmpty()
                        || channel.repeats().isPresent());
    }

    private void refused() {
        known.forEach((key, told) -> Refusals.after(told, now).ifPresent(after -> changed.put(key, after)));
    }

    /** What is alike in the channel's fields and may be said at the same time is said in one message. */
    private void later() {
        Map<List<String>, List<Map.Entry<String, Told>>> groups = new TreeMap<>(Comparator.comparing(List::toString));
        for (Map.Entry<String, Told> entry : held().entrySet()) {
            groups.computeIfAbsent(group(entry.getValue().alert()), group -> new ArrayList<>())
                    .add(entry);
        }
        groups.values().forEach(this::later);
    }

    private Map<String, Told> held() {
        Map<String, Told> found = new TreeMap<>();
        known.forEach((key, before) -> {
            Told told = changed.getOrDefault(key, before);
            if (told.waiting() == Waiting.LATER) {
                found.put(key, told);
            }
        });
        return found;
    }

    private List<String> group(Alert alert) {
        return channel.pace().groupBy().stream()
                .map(name -> AlertMatchers.value(name, alert))
                .toList();
    }

    private void later(List<Map.Entry<String, Told>> group) {
        Instant since = firstOf(group);
        MessageBatch batch = new MessageBatch(channel);
        for (Map.Entry<String, Told> entry : group) {
            Told told = entry.getValue();
            Alert alert = told.alert();
            Optional<Stage.Hold> held = Pipeline.POLICY.hold(new Candidate(situation, told, alert, since));
            if (held.isPresent()) {
                held(entry, held.get().next());
            } else if (batch.takes(told.type(channel, alert), told, told.naming(alert))) {
                changed.put(entry.getKey(), told.sent(alert, now));
            } else {
                held(entry, Stage.Next.DIGEST);
            }
        }
        if (!batch.isEmpty()) {
            send(batch);
        }
    }

    /** Since when the group waits for others. Whoever waits for something else does not use up the time of the rest. */
    private Instant firstOf(List<Map.Entry<String, Told>> group) {
        if (channel.pace().groupWaitSeconds() == 0) {
            return now;
        }
        return group.stream()
                .map(Map.Entry::getValue)
                .filter(this::waitsForOthers)
                .map(told -> told.waitingSince(now))
                .min(Comparator.naturalOrder())
                .orElse(now);
    }

    private boolean waitsForOthers(Told told) {
        return Pipeline.POLICY
                .hold(new Candidate(situation, told, told.alert(), Instant.EPOCH))
                .filter(hold -> hold.next() == Stage.Next.LATER)
                .isEmpty();
    }

    private void held(Map.Entry<String, Told> entry, Stage.Next next) {
        Told told = entry.getValue();
        switch (next) {
            case LATER -> {}
            case AS_BEFORE, UNSAID, SETTLED -> changed.put(entry.getKey(), told.now(told.alert(), Waiting.NOTHING));
            case DIGEST -> queue(entry, Waiting.DIGEST);
            case URGENT -> queue(entry, Waiting.URGENT);
        }
    }

    private void queue(Map.Entry<String, Told> entry, Waiting as) {
        changed.put(entry.getKey(), entry.getValue().now(entry.getValue().alert(), as));
        situation = situation.with(situation.window().behind(true));
    }

    private void digests() {
        List<Map.Entry<String, Told>> queue = new ArrayList<>();
        boolean urgent = false;
        for (Map.Entry<String, Told> entry : known.entrySet()) {
            Told told = changed.isEmpty() ? entry.getValue() : changed.getOrDefault(entry.getKey(), entry.getValue());
            if (told.queued()
                    && told.waiting() != Waiting.REFUSED
                    && (!situation.quiet() || told.alert().severity() == Severity.CRITICAL)) {
                queue.add(Map.entry(entry.getKey(), told));
                urgent |= told.waiting() == Waiting.URGENT;
            }
        }
        // In a storm this is thousands, and for most seconds of a minute there is no room.
        if (urgent || situation.window().hasRoomForDigest(situation.maxPerMinute(), now)) {
            queue.sort(Map.Entry.comparingByValue(ORDER));
        }
        int next = 0;
        while (next < queue.size() && isDue(queue.get(next).getValue())) {
            MessageBatch batch = new MessageBatch(channel);
            next = fill(batch, queue, next, Told::forDigest, told -> told.named(now));
            send(batch.as(MessageType.DIGEST));
        }
        situation = situation.with(situation.window().behind(next < queue.size()));
    }

    private boolean isDue(Told first) {
        int perMinute = situation.maxPerMinute();
        // To find who is to blame takes many messages, which must not keep what is new from its own.
        int most = first.among() == 0 ? perMinute : Math.max(perMinute / 2, 1);
        return first.waiting() == Waiting.URGENT || situation.window().hasRoomForDigest(most, now);
    }

    /**
     * Of what nobody acknowledged. An Alertmanager is told once more all that it takes to be on, whatever holds now: it may
     * have been restarted, and what it is not told again ends there.
     */
    private void reminders() {
        Duration every = channel.repeats().orElse(Duration.ZERO);
        if (every.isZero() || channel.type() == ChannelType.ACTION) {
            return;
        }
        List<Map.Entry<String, Told>> due = new ArrayList<>();
        known.forEach((key, told) -> {
            if (!changed.containsKey(key) && isOpen(told) && !told.sentWithin(every, now)) {
                due.add(Map.entry(key, told));
            }
        });
        due.sort(Map.Entry.comparingByKey());
        int next = 0;
        while (next < due.size() && situation.window().hasRoom(situation.maxPerMinute(), now)) {
            MessageBatch batch = new MessageBatch(channel);
            next = fill(batch, due, next, told -> List.of(told.believed()), told -> told.reminded(now));
            send(batch.as(MessageType.REMINDER));
        }
    }

    private boolean isOpen(Told told) {
        Alert alert = told.alert();
        if (told.said() == null || told.queued()) {
            return false;
        }
        return channel.type() == ChannelType.ALERTMANAGER || isUnheeded(told, alert);
    }

    private boolean isUnheeded(Told told, Alert alert) {
        return told.flapping() == null
                && alert.silencedBy() == null
                && alert.acknowledgedBy() == null
                && (!situation.quiet() || alert.severity() == Severity.CRITICAL)
                && !situation.inhibitors().inhibit(channel, alert)
                && situation.cause(alert).isEmpty();
    }

    /** @return the index of the first that had no place in the message */
    private int fill(
            MessageBatch batch,
            List<Map.Entry<String, Told>> queue,
            int from,
            Function<Told, List<Alert>> naming,
            UnaryOperator<Told> after) {
        int next = from;
        while (next < queue.size()) {
            Map.Entry<String, Told> entry = queue.get(next);
            List<Alert> more = naming.apply(entry.getValue());
            if (!batch.takes(MessageType.DIGEST, entry.getValue(), more)) {
                break;
            }
            changed.put(entry.getKey(), after.apply(entry.getValue()));
            next++;
        }
        return next;
    }

    private void send(MessageBatch batch) {
        messages.add(batch.toSend());
        situation = situation.with(situation.window().with(now));
    }
}
