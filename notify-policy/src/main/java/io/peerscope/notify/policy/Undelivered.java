package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.notify.policy.Told.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message of a channel that came back: the channel was switched off before it was sent, could not be reached for too
 * long, or refused it. What the channel takes for said was not; what is still on is said when the channel can be told again, and nobody
 * is told the end of what he never heard of.
 *
 * @param alerts whom it named, as they were
 * @param heard ids of those of whom an earlier message arrived
 * @param refused whether the receiver would not have it, so that it is not said again at once, {@link Refusals}
 * @param suspect whether that is likely to be for one of these alerts, and not for the channel
 */
public record Undelivered(List<Alert> alerts, Set<String> heard, boolean refused, boolean suspect) {

    public Undelivered(List<Alert> alerts, Set<String> heard) {
        this(alerts, heard, false, false);
    }

    public static Undelivered refused(List<Alert> alerts, Set<String> heard, boolean suspect) {
        return new Undelivered(alerts, heard, true, suspect);
    }

    /** Nothing came back: a test got through, so what was refused before may be said again. */
    public static Undelivered nothing() {
        return new Undelivered(List.of(), Set.of());
    }

    /**
     * What the channel knows of an alert once that is known.
     *
     * @param alert one that the message named
     * @return empty: as before
     */
    public Optional<Told> of(Alert alert, Optional<Told> known, Instant now) {
        boolean knew = heard.contains(alert.id());
        if (alert.status() == AlertStatus.RESOLVED) {
            return knew
                    ? Optional.of(back(owing(alert, known.orElse(Told.nothing(alert))), now))
                    : known.map(told -> without(alert, told));
        }
        return known.map(told -> active(alert, knew, told, now));
    }

    private Told active(Alert alert, boolean knew, Told told, Instant now) {
        Alert flapping = told.flapping();
        if (told.said() != null && told.alert().id().equals(alert.id())) {
            return back(again(alert, knew, told, now), now);
        }
        if (told.said() != null && flapping != null && flapping.id().equals(alert.id())) {
            // The key's alert is a later episode, of which nothing was said because it flaps.
            Told unsaid = back(again(alert, false, told, now), now);
            return knew ? owing(PresumedEnd.of(alert, told.alert().startedAt()), unsaid) : unsaid;
        }
        return knew ? told : without(alert, told);
    }

    private Told back(Told told, Instant now) {
        if (!refused) {
            return told;
        }
        return suspect ? Refusals.suspected(told, now, alerts.size()) : Refusals.refused(told, now);
    }

    private static Told owing(Alert end, Told told) {
        List<Alert> ended = new ArrayList<>(without(end, told).ended());
        ended.add(end);
        return ended(told, List.copyOf(ended));
    }

    private static Told without(Alert alert, Told told) {
        return ended(
                told,
                told.ended().stream()
                        .filter(end -> !end.id().equals(alert.id()))
                        .toList());
    }

    private static Told ended(Told told, List<Alert> ended) {
        return new Told(
                told.alert(),
                told.said(),
                told.waiting(),
                ended,
                told.sentAt(),
                told.sentSeverity(),
                told.flapping(),
                told.since(),
                told.refused(),
                told.among());
    }

    /** @param knew whether its readers take it for milder, or steady, or less silent; else they know nothing of it */
    private static Told again(Alert alert, boolean knew, Told told, Instant now) {
        Waiting waiting =
                told.inDigest() ? told.waiting() : Inhibitors.isOn(told.alert()) ? Waiting.LATER : Waiting.NOTHING;
        return new Told(
                told.alert(),
                knew ? before(alert, told) : null,
                waiting,
                told.ended(),
                knew ? told.sentAt() : null,
                knew ? Severity.INFO : null,
                knew && !alert.flapping() ? told.flapping() : null,
                waiting == Waiting.LATER ? now : null,
                told.refused(),
                told.among());
    }

    private static @Nullable AlertStatus before(Alert alert, Told told) {
        return alert.status() == AlertStatus.NO_DATA ? AlertStatus.FIRING : told.said();
    }
}
