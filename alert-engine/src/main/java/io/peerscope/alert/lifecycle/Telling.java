package io.peerscope.alert.lifecycle;

import io.peerscope.alert.rule.Finding;
import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.alert.Severity;
import java.time.Instant;
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
        if (status == AlertStatus.PENDING || !told.begins()) {
            return tell(state, transition, told(told, status, severity, state), at, reason);
        }
        Flaps before = state.episode().flaps();
        Flaps flaps = before.began(terms.rule().flapping(), at);
        AlertState.Open begun = state.with(state.episode().with(flaps));
        AlertState.Open after = tell(begun, transition, told(told, status, severity, state), at, reason);
        return flaps.flapping() && !before.flapping()
                ? tell(after, AlertTransition.FLAPPING, after.episode().told(), at, null)
                : after;
    }

    private static Told told(Told before, AlertStatus status, Severity severity, AlertState.Open state) {
        Finding seen = state.last().finding();
        return new Told(
                status,
                severity,
                before.fired() || status == AlertStatus.FIRING,
                value(before, status, state),
                before.silencedBy(),
                seen == null || status == AlertStatus.NO_DATA ? before.finding() : seen);
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

    /** Tells that an end by hand was none. */
    AlertState.Open reopened(AlertState.Open state, long at) {
        Told told = told(state.episode().told(), AlertView.status(state), AlertView.severity(terms, state), state);
        AlertState.Open again =
                state.with(state.episode().with(state.episode().flaps().reopened(at)));
        return tell(again, AlertTransition.REOPENED, told, at, null);
    }

    /** Tells the end, if a beginning was told. */
    Episode end(AlertState.Open state, long at, @Nullable Reason reason) {
        Told told = state.episode().told();
        if (told.status() == null) {
            return state.episode();
        }
        Episode ended = state.episode().told(told, at);
        Alert alert = AlertView.ended(terms, state.with(ended), reason);
        boolean dropped = told.status() == AlertStatus.PENDING;
        events.add(AlertEvent.of(
                dropped ? AlertTransition.DROPPED : AlertTransition.RESOLVED, alert, ended.sequence(), word(reason)));
        return dropped ? ended : ended.with(ended.flaps().ended(new Flaps.Ended(alert, ended.sequence()), at));
    }

    /** Tells that it flaps no more, and how it stays: of the open alert, or else of the one that ended last. */
    Episode steady(AlertState.Kept state, long at, @Nullable Reason reason) {
        Episode calm = state.episode().with(Flaps.NONE);
        Flaps.Ended ended = state.episode().flaps().ended();
        if (ended == null) {
            return state instanceof AlertState.Open open
                    ? tell(open.with(calm), AlertTransition.STEADY, calm.told(), at, reason)
                            .episode()
                    : calm;
        }
        long told = ended.alert().updatedAt().toEpochMilli();
        Alert alert = ended.alert().steady(Instant.ofEpochMilli(Math.max(told, at)));
        events.add(AlertEvent.of(AlertTransition.STEADY, alert, ended.sequence() + 1, word(reason)));
        return calm.id().equals(alert.id()) ? calm.told(calm.told(), at) : calm;
    }

    private static @Nullable String word(@Nullable Reason reason) {
        return reason == null ? null : reason.word();
    }

    private AlertState.Open tell(
            AlertState.Open state, AlertTransition transition, Told told, long at, @Nullable Reason reason) {
        Told heard = told.silenced(silencing.of(AlertView.of(terms, state), now).orElse(null));
        AlertState.Open after = state.with(state.episode().told(heard, at));
        events.add(AlertEvent.of(
                transition, AlertView.of(terms, after), after.episode().sequence(), word(reason)));
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
