package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.MessageType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When a channel hears of an alert. Three promises: an escalation is never held back; an end is told to whoever was told
 * of the beginning; over the limit nothing is lost, every alert is named in a digest. Pure: state in, state out.
 */
public final class ChannelPolicy {
    /** A digest names at most so many alerts, so that it stays a message; the next follows when there is room. */
    static final int DIGEST_LIMIT = 500;

    private ChannelPolicy() {}

    /**
     * @param told what the channel knows of the alert's key from now on; null: nothing worth remembering
     */
    public record Step(@Nullable Told told, SendWindow window, Verdict verdict) {}

    /** What is due because time has passed. */
    public record Due(Map<String, Told> told, SendWindow window, List<Verdict.Send> messages) {}

    public static Step onEvent(
            Channel channel, SendWindow window, Optional<Told> known, AlertEvent event, Instant now) {
        Alert alert = event.data();
        return switch (event.transition()) {
            case FIRING -> began(channel, window, known, alert, MessageType.FIRING, now);
            case NO_DATA -> began(channel, window, known, alert, MessageType.NO_DATA, now);
            case SEVERITY_CHANGED -> severityChanged(channel, window, known, alert, now);
            case RESOLVED -> ended(channel, window, known, alert, now);
            case ACKNOWLEDGED, UNACKNOWLEDGED, ASSIGNED ->
                hold(known.map(told -> told.now(alert, told.stage())).orElse(null), window, Held.NOT_NEWS);
            case PENDING, DROPPED -> hold(known.orElse(null), window, Held.NOT_NEWS);
        };
    }

    private static Step began(
            Channel channel, SendWindow window, Optional<Told> known, Alert alert, MessageType type, Instant now) {
        if (!alert.severity().atLeast(channel.minSeverity())) {
            return hold(known.orElse(null), window, Held.BELOW_SEVERITY);
        }
        Told told = known.orElse(new Told(alert, Told.Stage.OVER, null, null));
        if (!escalates(told, alert) && told.stage() == Told.Stage.IN_DIGEST) {
            // Its end may still be owed; the digest names it as it then is.
            return hold(told.now(alert, Told.Stage.IN_DIGEST), window, Held.THROTTLED);
        }
        if (!escalates(told, alert) && cooling(channel, told, now)) {
            return hold(told.now(alert, Told.Stage.HELD), window, Held.COOLDOWN);
        }
        if (!escalates(told, alert) && !window.hasRoom(channel.maxPerMinute(), now)) {
            return hold(told.now(alert, Told.Stage.IN_DIGEST), window, Held.THROTTLED);
        }
        return send(told.sent(alert, now), window, type, alert, now);
    }

    private static Step severityChanged(
            Channel channel, SendWindow window, Optional<Told> known, Alert alert, Instant now) {
        if (known.isEmpty() || known.get().stage() == Told.Stage.OVER) {
            return began(channel, window, known, alert, MessageType.FIRING, now);
        }
        Told told = known.get();
        if (escalates(told, alert) && alert.severity().atLeast(channel.minSeverity())) {
            MessageType type = told.stage() == Told.Stage.SENT ? MessageType.SEVERITY_CHANGED : MessageType.FIRING;
            return send(told.sent(alert, now), window, type, alert, now);
        }
        return hold(told.now(alert, told.stage()), window, Held.MILDER);
    }

    private static Step ended(Channel channel, SendWindow window, Optional<Told> known, Alert alert, Instant now) {
        if (known.isEmpty() || known.get().stage() == Told.Stage.OVER) {
            return hold(known.orElse(null), window, Held.ENDED_UNTOLD);
        }
        Told told = known.get();
        return switch (told.stage()) {
            case HELD, OVER -> hold(told.now(alert, Told.Stage.OVER), window, Held.ENDED_UNTOLD);
            case IN_DIGEST -> hold(told.now(alert, Told.Stage.IN_DIGEST), window, Held.THROTTLED);
            case SENT -> {
                if (!channel.sendResolved()) {
                    yield hold(told.now(alert, Told.Stage.OVER), window, Held.RESOLVED_UNWANTED);
                }
                if (!window.hasRoom(channel.maxPerMinute(), now)) {
                    yield hold(told.now(alert, Told.Stage.IN_DIGEST), window, Held.THROTTLED);
                }
                yield send(told.now(alert, Told.Stage.OVER), window, MessageType.RESOLVED, alert, now);
            }
        };
    }

    /**
     * Called about once a second with everything the channel is owed or that may be forgotten.
     *
     * @param known alert key to what the channel knows of it
     */
    public static Due onTime(Channel channel, SendWindow window, Map<String, Told> known, Instant now) {
        Map<String, Told> changed = new TreeMap<>();
        List<Verdict.Send> messages = new ArrayList<>();
        List<Alert> digest = new ArrayList<>();
        SendWindow left = window;
        for (Map.Entry<String, Told> entry : known.entrySet()) {
            Told told = entry.getValue();
            if (told.stage() == Told.Stage.HELD && !cooling(channel, told, now)) {
                if (left.hasRoom(channel.maxPerMinute(), now)) {
                    messages.add(new Verdict.Send(MessageType.FIRING, List.of(told.alert())));
                    changed.put(entry.getKey(), told.sent(told.alert(), now));
                    left = left.with(now);
                } else {
                    changed.put(entry.getKey(), told.now(told.alert(), Told.Stage.IN_DIGEST));
                }
            }
        }
        if (left.hasRoom(channel.maxPerMinute(), now)) {
            for (Map.Entry<String, Told> entry : known.entrySet()) {
                Told told = entry.getValue();
                if (told.stage() == Told.Stage.IN_DIGEST && digest.size() < DIGEST_LIMIT) {
                    digest.add(told.alert());
                    changed.put(
                            entry.getKey(),
                            told.alert().resolvedAt() == null
                                    ? told.sent(told.alert(), now)
                                    : told.sent(told.alert(), now).now(told.alert(), Told.Stage.OVER));
                }
            }
        }
        if (!digest.isEmpty()) {
            messages.add(new Verdict.Send(MessageType.DIGEST, List.copyOf(digest)));
            left = left.with(now);
        }
        return new Due(changed, left, messages);
    }

    /** Whether this entry can be forgotten: nothing is owed and no cooldown runs. */
    public static boolean forgettable(Channel channel, Told told, Instant now) {
        return told.stage() == Told.Stage.OVER && !cooling(channel, told, now);
    }

    private static boolean escalates(Told told, Alert alert) {
        return told.sentSeverity() != null && alert.severity().compareTo(told.sentSeverity()) > 0;
    }

    private static boolean cooling(Channel channel, Told told, Instant now) {
        return told.sentAt() != null && now.isBefore(told.sentAt().plus(Duration.ofSeconds(channel.cooldownSeconds())));
    }

    private static Step send(Told told, SendWindow window, MessageType type, Alert alert, Instant now) {
        return new Step(told, window.with(now), new Verdict.Send(type, List.of(alert)));
    }

    private static Step hold(@Nullable Told told, SendWindow window, Held why) {
        return new Step(told, window, new Verdict.Hold(why));
    }
}
