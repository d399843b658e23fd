package io.peerscope.alert.lifecycle;

import io.peerscope.alert.rule.Finding;
import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.alert.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects what one step has to tell. What is too old is not told, and made up for by the first recent sample that finds
 * it still true; the end of what people know of is always told.
 */
final class Telling {
    private final Terms terms;
    private final long oldest;
    private final long now;
    private final Silencing silencing;
    private final List<AlertEvent> events;

    /** @param oldest event time before which nothing is news */
    Telling(Terms terms, long oldest, long now, Silencing silencing) {
        this(terms, oldest, now, silencing, new ArrayList<>(2));
    }

    private Telling(Terms terms, long oldest, long now, Silencing silencing, List<AlertEvent> events) {
        this.terms = terms;
        this.oldest = oldest;
        this.now = now;
        this.silencing = silencing;
        this.events = events;
    }

    /** The same list of events, told in terms of another version of the rule. */
    Telling inTermsOf(Terms other) {
        return new Telling(other, oldest, now, silencing, events);
    }

    List<AlertEvent> events() {
        return List.copyOf(events);
    }

    /** Brings what people know up to the state. */
    AlertState.Open news(AlertState.Open state, long at, @Nullable Reason reason) {
        Told told = state.episode().told();
        AlertStatus status = AlertView.status(state);
        Severity severity = AlertView.severity(terms, state);
        AlertTransition transition = transition(told, status, severity);
        if (transition == null || at < oldest) {
            return state;
        }
        Finding seen = state.last().finding();
        Told news = new Told(
                status,
                severity,
                told.fired() || status == AlertStatus.FIRING,
                value(told, status, state),
                told.silencedBy(),
                seen == null || status == AlertStatus.NO_DATA ? told.finding() : seen);
        return tell(state, transition, news, at, reason);
    }

    /** Like {@link #news}, for what is the case now, whenever it began. */
    AlertState.Open present(AlertState.Open state, long at, @Nullable Reason reason) {
        return at < oldest
                ? new Telling(terms, at, now, silencing, events).news(state, at, reason)
                : news(state, at, reason);
    }

    /** Says which silence covers it, if that is another one than was said. */
    AlertState.Open silences(AlertState.Open state) {
        Told told = state.episode().told();
        Optional<String> by = silencing.of(AlertView.of(terms, state), now);
        if (told.nothing() || by.equals(Optional.ofNullable(told.silencedBy()))) {
            return state;
        }
        return tell(state, by.isPresent() ? AlertTransition.SILENCED : AlertTransition.UNSILENCED, told, now, null);
    }

    /** Tells of something a person did. */
    AlertState.Open act(AlertState.Open state, AlertTransition transition, long at) {
        return tell(state, transition, state.episode().told(), at, null);
    }

    /** Tells the end, if a beginning was told. */
    Episode end(AlertState.Open state, long at, @Nullable Reason reason) {
        Told told = state.episode().told();
        if (told.status() == null) {
            return state.episode();
        }
        AlertTransition transition =
                told.status() == AlertStatus.PENDING ? AlertTransition.DROPPED : AlertTransition.RESOLVED;
        Episode ended = state.episode().told(told, at);
        Alert alert = AlertView.ended(terms, state.with(ended));
        events.add(AlertEvent.of(transition, alert, ended.sequence(), reason == null ? null : reason.word()));
        return ended;
    }

    private AlertState.Open tell(
            AlertState.Open state, AlertTransition transition, Told told, long at, @Nullable Reason reason) {
        Told heard = told.silenced(silencing.of(AlertView.of(terms, state), now).orElse(null));
        AlertState.Open after = state.with(state.episode().told(heard, at));
        events.add(AlertEvent.of(
                transition,
                AlertView.of(terms, after),
                after.episode().sequence(),
                reason == null ? null : reason.word()));
        return after;
    }

    /** A silence has no value of its own: what was said before it stands. */
    private static @Nullable Double value(Told told, AlertStatus status, AlertState.Open state) {
        double value = state.last().shown();
        boolean silent = status == AlertStatus.NO_DATA && told.value() != null;
        return silent || Double.isNaN(value) ? told.value() : (Double) value;
    }

    private static @Nullable AlertTransition transition(Told told, AlertStatus status, Severity severity) {
        return switch (status) {
            case PENDING -> told.nothing() ? AlertTransition.PENDING : null;
            case FIRING -> {
                if (!told.fired()) {
                    yield AlertTransition.FIRING;
                }
                boolean same = told.status() == status && told.severity() == severity;
                yield same ? null : AlertTransition.SEVERITY_CHANGED;
            }
            case NO_DATA -> told.status() == status ? null : AlertTransition.NO_DATA;
            case RESOLVED -> null;
        };
    }
}
