package io.peerscope.alert.evaluation;

import io.peerscope.alert.group.Count;
import io.peerscope.alert.group.Partial;
import io.peerscope.alert.group.Tallies;
import io.peerscope.alert.group.Tally;
import io.peerscope.alert.group.Totals;
import io.peerscope.alert.lifecycle.AlertMachine;
import io.peerscope.alert.lifecycle.AlertState;
import io.peerscope.alert.lifecycle.Sample;
import io.peerscope.alert.lifecycle.Step;
import io.peerscope.alert.rule.RuleIndex;
import io.peerscope.alert.rule.RuleSet;
import io.peerscope.alert.rule.Slots;
import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Measure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rules over many subjects, as this task sees them: it counts its own subjects, and one task adds up and judges what all
 * have counted. A group is a subject like others from there on, with a value a second.
 */
final class Groups {
    private final AlertMachine machine;
    private final RuleIndex rules;
    private final Tracks tracks;
    private final Ledger ledger;
    private final Outlet outlet;
    private final EvaluationCounts counts;
    private final Tallies tallies;
    private final Totals totals;
    private final long staleAfter;
    private final long grace;

    Groups(
            EvaluationConfig config,
            AlertMachine machine,
            RuleIndex rules,
            Tracks tracks,
            Ledger ledger,
            Outlet outlet,
            EvaluationCounts counts) {
        this.machine = machine;
        this.rules = rules;
        this.tracks = tracks;
        this.ledger = ledger;
        this.outlet = outlet;
        this.counts = counts;
        this.staleAfter = config.staleAfter().toMillis();
        this.grace = config.grace().toMillis();
        this.tallies = new Tallies(staleAfter);
        this.totals = new Totals(staleAfter);
    }

    void restore(Iterable<Partial> partials) {
        rules.groups().forEach(tallies::restore);
        partials.forEach(totals::restore);
    }

    void rule(String ruleId, @Nullable Terms terms, long at) {
        tallies.rule(ruleId, terms, at);
    }

    /** How far back points must be taken up again for the counts to be right; more than nothing is enough. */
    long span() {
        return tallies.isEmpty() ? 0 : 1;
    }

    void hear(RuleSet set, Point point, boolean simulated) {
        if (set.groups().length > 0) {
            tallies.hear(set.groups(), point, simulated);
        }
    }

    void remember(RuleSet set, Point point, boolean simulated) {
        if (set.groups().length > 0) {
            tallies.remember(set.groups(), point, simulated);
        }
    }

    void reach(long receivedAt, long elapsed, long now) {
        tallies.reach(receivedAt - grace, new Counted(elapsed, now));
    }

    /** @param settled event time up to which the clock may decide */
    void tick(long settled, long elapsed, long now) {
        tallies.tick(settled, new Counted(elapsed, now));
    }

    void add(Partial partial, long elapsed, long now) {
        outlet.partial(partial.partition(), partial);
        if (!totals.add(partial, elapsed)) {
            return;
        }
        for (int gone : totals.forget()) {
            outlet.partial(gone, null);
        }
        for (Terms terms : rules.groups()) {
            if (!group(terms).onOneHost()) {
                totals.of(terms.rule()).ifPresent(found -> judge(terms, totals.second(), found.values(), elapsed, now));
            }
        }
    }

    private final class Counted implements Tallies.Reader {
        private final long elapsed;
        private final long now;

        Counted(long elapsed, long now) {
            this.elapsed = elapsed;
            this.now = now;
        }

        @Override
        public void counted(long at, List<Tally> counted) {
            if (rules.groups().stream().anyMatch(terms -> !group(terms).onOneHost())) {
                outlet.counted(at, counted);
            }
        }

        @Override
        public void counted(Terms terms, long at, List<Count> groups) {
            judge(terms, at, groups, elapsed, now);
        }

        @Override
        public void refused(long subjects) {
            counts.uncounted(subjects);
        }
    }

    private void judge(Terms terms, long at, Collection<Count> found, long elapsed, long now) {
        Map<Subject, Count> enough = found.stream()
                .filter(count -> count.members() >= group(terms).minSubjects())
                .collect(Collectors.toMap(Count::group, count -> count));
        for (Track track : tracks.troubled()) {
            if (track.state(terms.rule().id()) instanceof AlertState.Kept kept
                    && !enough.containsKey(track.subject())) {
                Step step = machine.end(terms, kept, at, now);
                if (!step.state().equals(kept)) {
                    ledger.enter(terms, track, kept, step);
                }
            }
        }
        enough.forEach((group, count) -> judge(terms, at, tracks.of(group), count, elapsed, now));
    }

    private void judge(Terms terms, long at, Track track, Count count, long elapsed, long now) {
        Slots slots = rules.slots(terms.rule().kind());
        int slot = slots.of(terms.input());
        long previous = track.newest(slot);
        if (at <= previous) {
            return;
        }
        counts.judged();
        track.saw(slot, at, elapsed, slots);
        track.simulated(count.allSimulated());
        double value = count.value(group(terms));
        AlertState state = track.state(terms.rule().id());
        if (state instanceof AlertState.Kept || terms.breaksAny(value)) {
            Sample sample = Sample.of(at, at, value, previous, staleAfter);
            ledger.enter(
                    terms, track, state, machine.sample(terms, track.subject(), state, sample, track.simulated(), now));
        }
        ledger.keepTimes(track, at);
    }

    private static Measure.Group group(Terms terms) {
        return Objects.requireNonNull(terms.group());
    }
}
