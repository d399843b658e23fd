package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.notify.policy.Told.Waiting;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a channel hears of an alert; beginnings and changes pass the {@link Pipeline}. Pure: state in, state out. What it
 * promises:
 *
 * <ul>
 *   <li>Whoever was told of a beginning is told of the end, also where the channel changed in between; while it is
 *       switched off the end waits.
 *   <li>What gets worse than was said is never held back: neither by the cooldown nor by the limit. Beyond twice the
 *       limit, all that got worse within a second shares one message.
 *   <li>That an alert comes and goes is said once. Then nothing is said of it but that it got worse, until it is steady:
 *       then how it stays.
 *   <li>While a silence covers an alert, nothing is said of it but the end that is owed. When the silence is over, what
 *       is still on is said once, unless it was said before. So it is with a cause that is gone, with a night, and with
 *       a channel that was switched off: also with what nobody heard because it was, {@link Undelivered}.
 *   <li>Over the limit nothing is lost: every alert is named, as it then is, in a digest. Only what is to be done is not
 *       done later.
 * </ul>
 */
public final class ChannelPolicy {
    private ChannelPolicy() {}

    /**
     * @param told what the channel knows of the alert's key from now on; null: nothing worth remembering
     */
    public record Step(@Nullable Told told, SendWindow window, Verdict verdict) {}

    public static Step onEvent(Situation situation, Optional<Told> known, AlertEvent event) {
        Alert alert = event.data();
        SendWindow window = situation.window();
        return switch (event.transition()) {
            case FIRING, NO_DATA, SEVERITY_CHANGED, REOPENED, FLAPPING -> active(situation, known, alert);
            case STEADY ->
                alert.status() == AlertStatus.RESOLVED
                        ? over(situation, known, alert)
                        : active(situation, known, alert);
            case UNSILENCED ->
                alert.status() == AlertStatus.PENDING
                        ? hold(known.orElse(null), window, Held.NOT_NEWS)
                        : active(situation, known, alert);
            case SILENCED -> silenced(window, known, alert);
            case RESOLVED -> over(situation, known, alert);
            case ACKNOWLEDGED, UNACKNOWLEDGED, ASSIGNED, NOTED ->
                hold(
                        known.map(told -> told.alert().id().equals(alert.id()) ? told.now(alert, told.waiting()) : told)
                                .orElse(null),
                        window,
                        Held.NOT_NEWS);
            case PENDING, DROPPED -> hold(known.orElse(null), window, Held.NOT_NEWS);
        };
    }

    private static Step active(Situation situation, Optional<Told> known, Alert alert) {
        Told told = known.orElse(Told.nothing(alert)).at(alert);
        Optional<Stage.Hold> held =
                Pipeline.POLICY.hold(new Candidate(situation, told, alert, told.waitingSince(situation.now())));
        if (held.isEmpty()) {
            return send(situation, told, alert);
        }
        Told after =
                switch (held.get().next()) {
                    case AS_BEFORE -> known.isEmpty() ? null : told.now(alert, told.waiting());
                    case UNSAID -> known.isEmpty() ? null : told.now(alert, Waiting.NOTHING);
                    case SETTLED -> told.now(alert, told.inDigest() ? told.waiting() : Waiting.NOTHING);
                    case LATER -> told.later(alert, situation.now());
                    case DIGEST -> told.now(alert, told.inDigest() ? told.waiting() : Waiting.DIGEST);
                    case URGENT -> told.now(alert, Waiting.URGENT);
                };
        return hold(after, situation.window(), held.get().why());
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

    private static Step over(Situation situation, Optional<Told> known, Alert alert) {
        return known.filter(told -> told.alert().id().equals(alert.id()))
                .map(told -> ended(situation, told, alert))
                .orElseGet(() -> hold(known.orElse(null), situation.window(), Held.ENDED_UNTOLD));
    }

    private static Step ended(Situation situation, Told told, Alert alert) {
        Channel channel = situation.channel();
        SendWindow window = situation.window();
        if (told.flapping() != null && alert.flapping()) {
            return hold(told.now(alert, told.waiting()), window, Held.FLAPPING);
        }
        if (told.said() == null) {
            return told.inDigest()
                    ? hold(told.overInDigest(told.endOf(alert)), window, Held.THROTTLED)
                    : hold(told.over(alert), window, Held.ENDED_UNTOLD);
        }
        if (!channel.interest().sendResolved()) {
            return hold(told.over(alert), window, Held.RESOLVED_UNWANTED);
        }
        if (!channel.enabled()) {
            return hold(told.overInDigest(told.endOf(alert)), window, Held.DISABLED);
        }
        if (situation.quiet() && told.sentSeverity() != Severity.CRITICAL) {
            // What waits for the morning must not hold up what is critical.
            return new Step(told.overInDigest(told.endOf(alert)), window, new Verdict.Hold(Held.QUIET_HOURS));
        }
        return told.queued() || !window.hasRoom(situation.maxPerMinute(), situation.now())
                ? hold(told.overInDigest(told.endOf(alert)), window, Held.THROTTLED)
                : new Step(
                        told.over(alert),
                        window.with(situation.now()),
                        new Verdict.Send(MessageType.RESOLVED, List.of(told.endOf(alert))));
    }

    private static Step send(Situation situation, Told told, Alert alert) {
        return new Step(
                told.sent(alert, situation.now()),
                situation.window().with(situation.now()),
                new Verdict.Send(told.type(situation.channel(), alert), told.naming(alert)));
    }

    private static Step hold(@Nullable Told told, SendWindow window, Held why) {
        boolean behind = window.behind() || (told != null && told.queued());
        return new Step(told, window.behind(behind), new Verdict.Hold(why));
    }
}
