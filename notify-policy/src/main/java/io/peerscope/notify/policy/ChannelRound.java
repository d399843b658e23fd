package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.notify.policy.Told.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a channel is to be told because time has passed: cooldowns that are over, and digests. One object a round. */
public final class ChannelRound {
    /** A digest names at most so many alerts, so that it stays a message; the next follows when there is room. */
    static final int DIGEST_LIMIT = 500;
    /** A text message has room for so many names. */
    private static final int SMS_DIGEST_LIMIT = 10;
    /** Nor is it longer than this, about half of what a Kafka record may be by default. */
    static final int DIGEST_BYTES = 500_000;

    /** What got worse goes first, then whatever began first, so that nothing waits forever. */
    private static final Comparator<Told> ORDER = Comparator.comparing((Told told) -> told.waiting() != Waiting.URGENT)
            .thenComparing(told -> told.forDigest().getFirst().startedAt())
            .thenComparing(told -> told.alert().key());

    private final Channel channel;
    private final Instant now;
    private final Map<String, Told> changed = new TreeMap<>();
    private final List<Verdict.Send> messages = new ArrayList<>();
    private SendWindow window;

    private ChannelRound(Channel channel, SendWindow window, Instant now) {
        this.channel = channel;
        this.window = window;
        this.now = now;
    }

    /** @param told only what changed, by alert key */
    public record Due(Map<String, Told> told, SendWindow window, List<Verdict.Send> messages) {}

    /**
     * Called about once a second. A channel that is switched off is told nothing.
     *
     * @param waiting by alert key; entries that wait for nothing do no harm
     */
    public static Due of(Channel channel, SendWindow window, Map<String, Told> waiting, Instant now) {
        ChannelRound round = new ChannelRound(channel, window, now);
        if (channel.enabled()) {
            waiting.forEach(round::cooldown);
            round.digests(waiting);
        }
        return new Due(round.changed, round.window, round.messages);
    }

    /** Whether this entry can be forgotten: nothing is owed and no cooldown runs. */
    public static boolean forgettable(Channel channel, Told told, Instant now) {
        return told.said() == null
                && told.waiting() == Waiting.NOTHING
                && told.ended().isEmpty()
                && !ChannelPolicy.cooling(channel, told, now);
    }

    /** Whether a round has to look at this entry at all. */
    public static boolean concerns(Told told) {
        return told.said() == null
                || told.waiting() != Waiting.NOTHING
                || !told.ended().isEmpty();
    }

    private void cooldown(String key, Told told) {
        if (told.waiting() != Waiting.COOLDOWN || ChannelPolicy.cooling(channel, told, now)) {
            return;
        }
        Alert alert = told.alert();
        if (ChannelPolicy.unwanted(channel, alert).isPresent() || !ChannelPolicy.isNews(told, alert)) {
            changed.put(key, told.now(alert, Waiting.NOTHING));
        } else if (window.hasRoom(channel.maxPerMinute(), now)) {
            send(new Verdict.Send(ChannelPolicy.type(told, alert), told.naming(alert)));
            changed.put(key, told.sent(alert, now));
        } else {
            changed.put(key, told.now(alert, Waiting.DIGEST));
            window = window.behind(true);
        }
    }

    private void digests(Map<String, Told> waiting) {
        Map<String, Told> all = new TreeMap<>(waiting);
        all.putAll(changed);
        List<Map.Entry<String, Told>> queue = all.entrySet().stream()
                .filter(entry -> entry.getValue().queued())
                .sorted(Map.Entry.comparingByValue(ORDER))
                .toList();
        int next = 0;
        while (next < queue.size() && isDue(queue.get(next).getValue())) {
            next = digest(queue, next);
        }
        window = window.behind(next < queue.size());
    }

    private boolean isDue(Told first) {
        return first.waiting() == Waiting.URGENT || window.hasRoomForDigest(channel.maxPerMinute(), now);
    }

    private int digest(List<Map.Entry<String, Told>> queue, int from) {
        List<Alert> named = new ArrayList<>();
        int bytes = 0;
        int next = from;
        while (next < queue.size()) {
            Map.Entry<String, Told> entry = queue.get(next);
            List<Alert> more = entry.getValue().forDigest();
            bytes += Json.encode(more).length;
            boolean full = named.size() + more.size() > digestLimit() || bytes > DIGEST_BYTES;
            if (full && !named.isEmpty()) {
                break;
            }
            named.addAll(more);
            changed.put(entry.getKey(), entry.getValue().named(now));
            next++;
        }
        send(new Verdict.Send(MessageType.DIGEST, List.copyOf(named)));
        return next;
    }

    private int digestLimit() {
        return channel.type() == ChannelType.SMS ? SMS_DIGEST_LIMIT : DIGEST_LIMIT;
    }

    private void send(Verdict.Send message) {
        messages.add(message);
        window = window.with(now);
    }
}
