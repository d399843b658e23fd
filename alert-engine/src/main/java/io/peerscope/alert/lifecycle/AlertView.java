package io.peerscope.alert.lifecycle;

import io.peerscope.alert.rule.Finding;
import io.peerscope.alert.rule.Judged;
import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.Severity;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A state as people see it. */
public final class AlertView {
    private AlertView() {}

    /** Empty for what nobody was told of, and for what is closed. */
    public static Optional<Alert> shown(Terms terms, AlertState state) {
        return state instanceof AlertState.Open open && !open.episode().told().nothing()
                ? Optional.of(of(terms, open))
                : Optional.empty();
    }

    static Alert of(Terms terms, AlertState.Open state) {
        Severity severity = severity(terms, state);
        return alert(terms, state, status(state), severity, null, summary(terms, state, severity));
    }

    /**
     * As it is told last: resolved, with the severity people knew.
     *
     * @param reason of the end; null where the last value says enough
     */
    static Alert ended(Terms terms, AlertState.Open state, @Nullable Reason reason) {
        Severity known = state.episode().told().severity();
        Severity severity = known == null ? severity(terms, state) : known;
        return alert(
                terms,
                state,
                AlertStatus.RESOLVED,
                severity,
                Instant.ofEpochMilli(state.episode().updatedAt()),
                ending(terms, state, severity, reason));
    }

    private static String ending(Terms terms, AlertState.Open state, Severity severity, @Nullable Reason reason) {
        String text = summary(terms, state, severity);
        return state instanceof AlertState.Silent
                ? terms.silenceEnding(text, reason == Reason.DATA_RETURNED)
                : terms.ending(
                        text,
                        valueTold(state),
                        state.last().shown(),
                        state.last().value(),
                        state.episode().updatedAt() - state.episode().startedAt());
    }

    static AlertStatus status(AlertState.Open state) {
        return switch (state) {
            case AlertState.Pending pending -> AlertStatus.PENDING;
            case AlertState.Firing firing -> AlertStatus.FIRING;
            case AlertState.Silent silent -> AlertStatus.NO_DATA;
        };
    }

    /** Of a silence that began the episode: the mildest of the rule, for nothing worse is known. */
    static Severity severity(Terms terms, AlertState.Open state) {
        return state.levels().worst(terms.mildest());
    }

    private static Alert alert(
            Terms terms,
            AlertState.Open state,
            AlertStatus status,
            Severity severity,
            @Nullable Instant resolvedAt,
            String summary) {
        Episode episode = state.episode();
        Marks marks = episode.marks();
        Sample last = state.last();
        Judged judged = new Judged(severity, last.shown(), last.finding(), last.at());
        return new Alert(
                episode.id(),
                terms.rule().id(),
                terms.rule().version(),
                episode.host(),
                episode.subject(),
                terms.rule().metric(),
                status,
                severity,
                terms.shown(judged.value()),
                judged.threshold(terms),
                Instant.ofEpochMilli(episode.startedAt()),
                episode.firedAt() > 0 ? Instant.ofEpochMilli(episode.firedAt()) : null,
                Instant.ofEpochMilli(episode.updatedAt()),
                resolvedAt,
                marks.acknowledgedBy(),
                marks.acknowledgedAt(),
                marks.assignee(),
                episode.told().silencedBy(),
                marks.notes(),
                summary,
                terms.rule().labels(),
                episode.simulated(),
                episode.flaps().flapping(),
                judged.detection(terms));
    }

    private static String summary(Terms terms, AlertState.Open state, Severity severity) {
        Episode episode = state.episode();
        Finding told = episode.told().finding();
        Finding found = told == null ? state.last().finding() : told;
        Judged judged =
                new Judged(severity, valueTold(state), found, state.last().at());
        return state instanceof AlertState.Silent
                ? terms.silence(episode.host(), episode.subject().labels(), judged)
                : terms.summary(episode.host(), episode.subject().labels(), judged);
    }

    /** The value that broke the limit when people were told, not the one that has mended since. */
    private static double valueTold(AlertState.Open state) {
        Double told = state.episode().told().value();
        return told == null ? state.last().shown() : told;
    }
}
