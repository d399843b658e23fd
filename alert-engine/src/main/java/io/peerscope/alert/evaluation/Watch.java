package io.peerscope.alert.evaluation;

import io.peerscope.alert.lifecycle.AlertMachine;
import io.peerscope.alert.lifecycle.AlertState;
import io.peerscope.alert.lifecycle.Sample;
import io.peerscope.alert.lifecycle.Step;
import io.peerscope.alert.rule.RuleIndex;
import io.peerscope.alert.rule.RuleSet;
import io.peerscope.alert.rule.Terms;
import java.util.Map;

/** What the clock does to alerts: ends of durations, silence, and subjects that are gone for good. */
final class Watch {
    private static final long SILENCE_EVERY = 1_000;
    private static final long FORGET_EVERY = 60_000;

    private final AlertMachine machine;
    private final RuleIndex rules;
    private final Tracks tracks;
    private final Ledger ledger;
    private final LiveTime live;
    private final long forgetAfter;
    private long silenceLooked = -SILENCE_EVERY;
    private long forgetLooked = -FORGET_EVERY;

    Watch(EvaluationConfig config, AlertMachine machine, RuleIndex rules, Tracks tracks, Ledger ledger, LiveTime live) {
        this.machine = machine;
        this.rules = rules;
        this.tracks = tracks;
        this.ledger = ledger;
        this.live = live;
        this.forgetAfter = config.forgetAfter().toMillis();
    }

    void tick(long now) {
        long until = live.settled(now);
        for (Track track : tracks.troubled()) {
            for (Map.Entry<String, AlertState.Kept> entry : track.states().entrySet()) {
                Terms terms = rules.find(entry.getKey()).orElseThrow();
                Step step = machine.tick(terms, entry.getValue(), until, silentFor(track, terms), now);
                if (step.state() != entry.getValue()) {
                    ledger.enter(terms, track, entry.getValue(), step);
                }
            }
        }
        if (live.elapsed() - silenceLooked >= SILENCE_EVERY) {
            silenceLooked = live.elapsed();
            if (rules.watchesSilence()) {
                tracks.all().forEach(track -> silence(track, now));
            }
        }
        if (live.elapsed() - forgetLooked >= FORGET_EVERY) {
            forgetLooked = live.elapsed();
            tracks.forget(track -> {
                        long newest = track.newestOfAll();
                        return newest == Sample.NEVER || now - newest > forgetAfter;
                    })
                    .forEach(ledger::forget);
        }
    }

    private void silence(Track track, long now) {
        RuleSet set = track.rules(rules);
        for (int i = 0; i < set.size(); i++) {
            long newest = track.newest(set.slot(i));
            if (newest == Sample.NEVER) {
                continue;
            }
            for (Terms terms : set.rules(i)) {
                if (terms.watchesSilence()
                        && !isOn(track.state(terms.rule().id()))
                        && silentFor(track, terms) >= terms.silentAfter()
                        && live.settled(now) - newest >= terms.silentAfter()) {
                    AlertState state = track.state(terms.rule().id());
                    ledger.enter(terms, track, state, fallenSilent(terms, track, state, newest, now));
                }
            }
        }
    }

    private static boolean isOn(AlertState state) {
        return switch (state) {
            case AlertState.Quiet quiet -> false;
            case AlertState.Resting resting -> false;
            case AlertState.Muted muted -> true;
            case AlertState.Open open -> true;
        };
    }

    private Step fallenSilent(Terms terms, Track track, AlertState state, long newest, long now) {
        if (terms.watchesAbsence()) {
            Sample absence = Sample.absence(newest + terms.over(), now);
            return machine.sample(terms, track.subject(), state, absence, track.simulated(), now);
        }
        return machine.silence(terms, state, track.subject(), newest, track.simulated(), now);
    }

    private long silentFor(Track track, Terms terms) {
        int slot = rules.slots(terms.rule().kind()).of(terms.input());
        return live.elapsed() - track.seen(slot);
    }
}
