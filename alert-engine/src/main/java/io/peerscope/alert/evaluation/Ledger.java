package io.peerscope.alert.evaluation;

import io.peerscope.alert.lifecycle.AlertState;
import io.peerscope.alert.lifecycle.AlertView;
import io.peerscope.alert.lifecycle.Step;
import io.peerscope.alert.rule.RuleIndex;
import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.alert.AlertEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Enters what a step did into the heap and passes it on: state, events, and the alert as it is shown. */
final class Ledger {
    /** How often the shown value of an alert that does not change is renewed, and the times of a quiet subject kept. */
    private static final long REFRESH = 30_000;

    private final RuleIndex rules;
    private final Tracks tracks;
    private final Outlet outlet;
    private final EvaluationCounts counts;

    Ledger(RuleIndex rules, Tracks tracks, Outlet outlet, EvaluationCounts counts) {
        this.rules = rules;
        this.tracks = tracks;
        this.outlet = outlet;
        this.counts = counts;
    }

    /** Takes a stored state up again. Rules and states are stored together, so a state without its rule is a fault. */
    void restore(String alertKey, AlertState.Kept state) {
        String ruleId = alertKey.substring(0, alertKey.indexOf('|'));
        Optional<Terms> terms = rules.find(ruleId);
        if (terms.isEmpty()) {
            counts.orphan();
            outlet.state(alertKey, null);
            outlet.active(alertKey, null);
            return;
        }
        Track track = tracks.of(state.episode().subject().on(state.episode().host()));
        track.restore(terms.get(), state, rules.slots(terms.get().rule().kind()));
        tracks.sort(track);
    }

    void rule(String ruleId, @Nullable Terms terms) {
        if (terms == null) {
            rules.remove(ruleId);
        } else {
            rules.put(terms);
        }
        outlet.rule(ruleId, terms == null ? null : terms.rule());
    }

    void enter(Terms terms, Track track, AlertState before, Step step) {
        boolean refresh = step.state() instanceof AlertState.Kept after
                && before instanceof AlertState.Kept known
                && period(track, known) != period(track, after);
        enter(terms, track, before, step, refresh);
    }

    /** After a rule change the alert is shown anew also if nothing is to be told: it names the rule's version. */
    void enterChanged(Terms before, @Nullable Terms after, Track track, AlertState.Kept state, Step step) {
        enter(after == null ? before : after, track, state, step, true);
    }

    private void enter(Terms terms, Track track, AlertState before, Step step, boolean refresh) {
        String ruleId = terms.rule().id();
        String key = track.alertKey(ruleId);
        switch (step.state()) {
            case AlertState.Quiet quiet -> {
                if (before instanceof AlertState.Kept) {
                    track.quieten(ruleId);
                    outlet.state(key, null);
                    keepTimes(track);
                }
            }
            case AlertState.Kept kept -> {
                track.put(ruleId, kept);
                if (!restsOn(before, kept)) {
                    outlet.state(key, kept);
                }
                if (kept instanceof AlertState.Resting && !(before instanceof AlertState.Resting)) {
                    keepTimes(track);
                }
            }
        }
        tracks.sort(track);
        for (AlertEvent event : step.events()) {
            outlet.event(key, event);
        }
        counts.events(step.events().size());
        if (refresh || !step.events().isEmpty()) {
            show(terms, key, step);
        }
    }

    /** Of what is over the store has the end; how far samples were seen since, it has of the subject. */
    private static boolean restsOn(AlertState before, AlertState.Kept after) {
        return before instanceof AlertState.Resting known
                && after instanceof AlertState.Resting
                && known.episode().equals(after.episode());
    }

    private void show(Terms terms, String key, Step step) {
        AlertView.shown(terms, step.state()).ifPresentOrElse(alert -> outlet.active(key, alert), () -> {
            if (!step.events().isEmpty()) {
                outlet.active(key, null);
            }
        });
    }

    /** Keeps the times of a subject that has not been kept for long. */
    void keepTimes(Track track, long at) {
        if (track.due(at, REFRESH)) {
            keepTimes(track);
        }
    }

    void forget(Track track) {
        outlet.subject(track.canonical(), null);
    }

    private void keepTimes(Track track) {
        outlet.subject(
                track.canonical(), track.times(rules.slots(track.subject().kind())));
    }

    /** Aligned by the subject, so that the alerts of a large outage are not all renewed at once. */
    private static long period(Track track, AlertState.Kept state) {
        return Math.floorDiv(state.last().at() + Math.floorMod(track.canonical().hashCode(), REFRESH), REFRESH);
    }
}
