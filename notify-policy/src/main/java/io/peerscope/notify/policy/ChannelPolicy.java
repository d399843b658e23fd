package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.notify.policy.Told.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a channel hears of an alert. Pure: state in, state out. What it promises:
 *
 * <ul>
 *   <li>Whoever was told of a beginning is told of the end, also where the channel changed in between; while it is
 *       switched off the end waits.
 *   <li>What gets worse than was said is never held back: neither by the cooldown nor by the limit. Beyond twice the
 *       limit, all that got worse within a second shares one message.
 *   <li>That an alert comes and goes is said once. Then nothing is said of it but that it got worse, until it is steady:
 *       then how it stays.
 *   <li>While a silence covers an alert, nothing is said of it but the end that is owed. When the silence is over, what
 *       is still on is said once, unless it was said before.
 *   <li>Over the limit nothing is lost: every alert is named, as it then is, in a digest.
 * </ul>
 */
public final class ChannelPolicy {
    private ChannelPolicy() {}

    /**
     * @param told what the channel knows of the alert's key from now on; null: nothing worth remembering
     */
    public record Step(@Nullable Told told, SendWindow window, Verdict verdict) {}

    public static Step onEvent(
            Channel channel, SendWindow window, Optional<Told> known, AlertEvent event, Instant now) {
        Alert alert = event.data();
        return switch (event.transition()) {
            case FIRING, NO_DATA, SEVERITY_CHANGED, REOPENED, FLAPPING -> active(channel, window, known, alert, now);
            case STEADY ->
                alert.status() == AlertStatus.RESOLVED
                        ? over(channel, window, known, alert, now)
                        : active(channel, window, known, alert, now);
            case UNSILENCED ->
                alert.status() == AlertStatus.PENDING
                        ? hold(known.orElse(null), window, Held.NOT_NEWS)
                        : active(channel, window, known, alert, now);
            case SILENCED -> silenced(window, known, alert);
            case RESOLVED -> over(channel, window, known, alert, now);
            case ACKNOWLEDGED, UNACKNOWLEDGED, ASSIGNED, NOTED ->
                hold(
                        known.map(told -> told.alert().id().equals(alert.id()) ? told.now(alert, told.waiting()) : told)
                                .orElse(null),
                        window,
                        Held.NOT_NEWS);
            case PENDING, DROPPED -> hold(known.orElse(null), window, Held.NOT_NEWS);
        };
    }

    private static Step active(Channel channel, SendWindow window, Optional<Told> known, Alert alert, Instant now) {
        Optional<Held> unwanted = unwanted(channel, alert);
        if (unwanted.isPresent()) {
            boolean silenced = unwanted.get() == Held.SILENCED;
            return hold(
                    known.map(told -> told.at(alert))
                            .map(told -> told.now(alert, silenced ? Waiting.NOTHING : told.waiting()))
                            .orElse(null),
                    window,
                    unwanted.get());
        }
        Told told = known.orElse(Told.nothing(alert)).at(alert);
        if (!isNews(told, alert)) {
            Waiting still = told.inDigest() ? told.waiting() : Waiting.NOTHING;
            return hold(told.now(alert, still), window, noNews(told, alert));
        }
        if (worsens(channel, told, alert, now)) {
            return told.queued() || !window.hasRoomForWorse(channel.maxPerMinute(), now)
                    ? hold(told.now(alert, Waiting.URGENT), window, Held.FOLDED)
                    : send(told, window, alert, now);
        }
        if (told.queued()) {
            Waiting queued = told.inDigest() ? told.waiting() : Waiting.DIGEST;
            return hold(told.now(alert, queued), window, Held.THROTTLED);
        }
        if (cooling(channel, told, now)) {
            return hold(told.now(alert, Waiting.COOLDOWN), window, Held.COOLDOWN);
        }
        if (!window.hasRoom(channel.maxPerMinute(), now)) {
            return hold(told.now(alert, Waiting.DIGEST), window, Held.THROTTLED);
        }
        return send(told, window, alert, now);
    }

    /** What was still to be said of it is not said now. */
    private static Step silenced(SendWindow window, Optional<Told> known, Alert alert) {
        Optional<Told> same = known.filter(told -> told.alert().id().equals(alert.id()));
        boolean waited = same.filter(told -> told.waiting() != Waiting.NOTHING).isPresent();
        return hold(
                same.map(told -> told.now(alert, Waiting.NOTHING))
                        .or(() -> known)
                        .orElse(null),
                window,
                waited ? Held.SILENCED : Held.NOT_NEWS);
    }

    private static Step over(Channel channel, SendWindow window, Optional<Told> known, Alert alert, Instant now) {
        return known.filter(told -> told.alert().id().equals(alert.id()))
                .map(told -> ended(channel, window, told, alert, now))
                .orElseGet(() -> hold(known.orElse(null), window, Held.ENDED_UNTOLD));
    }

    private static Step ended(Channel channel, SendWindow window, Told told, Alert alert, Instant now) {
        if (told.flapping() != null && alert.flapping()) {
            return hold(told.now(alert, told.waiting()), window, Held.FLAPPING);
        }
        if (told.said() == null) {
            return told.inDigest()
                    ? hold(told.overInDigest(told.endOf(alert)), window, Held.THROTTLED)
                    : hold(told.over(alert), window, Held.ENDED_UNTOLD);
        }
        if (!channel.sendResolved()) {
            return hold(told.over(alert), window, Held.RESOLVED_UNWANTED);
        }
        if (!channel.enabled()) {
            return hold(told.overInDigest(told.endOf(alert)), window, Held.DISABLED);
        }
        return told.queued() || !window.hasRoom(channel.maxPerMinute(), now)
                ? hold(told.overInDigest(told.endOf(alert)), window, Held.THROTTLED)
                : new Step(
                        told.over(alert),
                        window.with(now),
                        new Verdict.Send(MessageType.RESOLVED, List.of(told.endOf(alert))));
    }

    /** Why this channel wants no word of an alert that begins or changes. */
    static Optional<Held> unwanted(Channel channel, Alert alert) {
        if (!channel.enabled()) {
            return Optional.of(Held.DISABLED);
        }
        if (!Matchers.accept(channel, alert)) {
            return Optional.of(Held.UNMATCHED);
        }
        if (!alert.severity().atLeast(channel.minSeverity())) {
            return Optional.of(Held.BELOW_SEVERITY);
        }
        return alert.silencedBy() == null ? Optional.empty() : Optional.of(Held.SILENCED);
    }

    /** Whether the channel's readers take the alert for something else than it is, or for less. */
    static boolean isNews(Told told, Alert alert) {
        if (told.flapping() != null && alert.flapping()) {
            return compare(alert, told) > 0;
        }
        return (told.flapping() != null) != alert.flapping()
                || told.said() != alert.status()
                || compare(alert, told) > 0;
    }

    static boolean cooling(Channel channel, Told told, Instant now) {
        // A time in the future is that of a clock that was wrong; it must not stretch the cooldown.
        return told.sentAt() != null
                && Duration.between(told.sentAt(), now).abs().compareTo(Duration.ofSeconds(channel.cooldownSeconds()))
                        < 0;
    }

    static MessageType type(Told told, Alert alert) {
        if (alert.flapping() && told.flapping() == null) {
            return MessageType.FLAPPING;
        }
        boolean settled = told.flapping() != null && !alert.flapping();
        if (alert.status() == AlertStatus.NO_DATA && (settled || told.said() != AlertStatus.NO_DATA)) {
            return MessageType.NO_DATA;
        }
        if (settled) {
            return MessageType.FIRING;
        }
        return told.said() == null ? MessageType.FIRING : MessageType.SEVERITY_CHANGED;
    }

    private static boolean worsens(Channel channel, Told told, Alert alert, Instant now) {
        if (told.said() == null && told.inDigest()) {
            return alert.severity().compareTo(told.alert().severity()) > 0;
        }
        return (told.said() != null || cooling(channel, told, now)) && compare(alert, told) > 0;
    }

    private static Held noNews(Told told, Alert alert) {
        if (told.flapping() != null && alert.flapping()) {
            return Held.FLAPPING;
        }
        return milder(told, alert) ? Held.MILDER : Held.NOT_NEWS;
    }

    private static boolean milder(Told told, Alert alert) {
        return compare(alert, told) < 0;
    }

    private static int compare(Alert alert, Told told) {
        return told.sentSeverity() == null ? 0 : alert.severity().compareTo(told.sentSeverity());
    }

    private static Step send(Told told, SendWindow window, Alert alert, Instant now) {
        return new Step(
                told.sent(alert, now), window.with(now), new Verdict.Send(type(told, alert), told.naming(alert)));
    }

    private static Step hold(@Nullable Told told, SendWindow window, Held why) {
        boolean behind = window.behind() || (told != null && told.queued());
        return new Step(told, window.behind(behind), new Verdict.Hold(why));
    }
}
