package io.peerscope.alert.evaluation;

import io.peerscope.alert.lifecycle.AlertMachine;
import io.peerscope.alert.lifecycle.AlertState;
import io.peerscope.alert.lifecycle.Sample;
import io.peerscope.alert.lifecycle.Step;
import io.peerscope.alert.rule.RuleIndex;
import io.peerscope.alert.rule.RuleSet;
import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Staleness;
import io.peerscope.contracts.rule.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges the points of one task by its rules. All it knows is in the heap, so that a sample of a quiet subject costs a
 * look-up and a comparison; what must survive goes to the {@link Outlet} as it changes. Not thread-safe. All times are
 * epoch milliseconds; {@code now} is the wall clock.
 */
public final class Evaluator {
    private final AlertMachine machine;
    private final EvaluationCounts counts;
    private final long staleAfter;
    private final RuleIndex rules = new RuleIndex();
    private final LiveTime live = new LiveTime();
    private final Tracks tracks;
    private final Ledger ledger;
    private final Watch watch;

    public Evaluator(EvaluationConfig config, EvaluationCounts counts, Outlet outlet) {
        this.staleAfter = config.staleAfter().toMillis();
        this.machine = new AlertMachine(staleAfter, config.maxAlertAge().toMillis());
        this.counts = counts;
        this.tracks = new Tracks(rules);
        this.ledger = new Ledger(rules, tracks, outlet, counts);
        this.watch = new Watch(config, machine, rules, tracks, ledger, live);
    }

    /** Takes up what an earlier evaluation left; before anything else, in this order. */
    public void restore(
            Iterable<Rule> keptRules, Iterable<SubjectTimes> subjects, Map<String, AlertState.Kept> statesByKey) {
        keptRules.forEach(rule -> rules.put(Terms.of(rule)));
        subjects.forEach(tracks::restore);
        statesByKey.forEach(ledger::restore);
    }

    public void points(PointBatch batch, long now) {
        live.received(batch.receivedAt(), now);
        for (Point point : inOrder(batch.points())) {
            if (rules.watches(point.subject().kind())) {
                judge(tracks.of(point.subject()), point, batch, now);
            }
        }
    }

    private void judge(Track track, Point point, PointBatch batch, long now) {
        RuleSet set = track.rules(rules);
        int[] columns = set.columns(point.shape());
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] < 0) {
                continue;
            }
            double value = point.values()[columns[i]];
            boolean end = Staleness.is(value);
            if (!end && !Double.isFinite(value)) {
                continue; // no number: says nothing of any limit
            }
            int slot = set.slot(i);
            long before = track.newest(slot);
            if (point.timestamp() <= before) {
                counts.late();
                continue;
            }
            counts.judged();
            track.saw(
                    slot,
                    point.timestamp(),
                    live.elapsed(),
                    rules.slots(point.subject().kind()));
            track.simulated(batch.simulated());
            for (Terms terms : set.rules(i)) {
                AlertState state = track.state(terms.rule().id());
                if (end) {
                    end(terms, track, state, point.timestamp(), now);
                } else if (state instanceof AlertState.Kept || terms.breaksAny(value)) {
                    Sample sample = Sample.of(point.timestamp(), batch.receivedAt(), value, before, staleAfter);
                    Step step = machine.sample(terms, track.subject(), state, sample, batch.simulated(), now);
                    ledger.enter(terms, track, state, step);
                }
            }
        }
        ledger.keepTimes(track, point.timestamp());
    }

    private void end(Terms terms, Track track, AlertState state, long at, long now) {
        if (state instanceof AlertState.Kept kept) {
            Step step = machine.end(terms, kept, at, now);
            if (step.state() != kept) {
                ledger.enter(terms, track, kept, step);
            }
        }
    }

    /** Points of one batch may come in any order; most come sorted. */
    private static List<Point> inOrder(List<Point> points) {
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).timestamp() < points.get(i - 1).timestamp()) {
                List<Point> sorted = new ArrayList<>(points);
                sorted.sort(Comparator.comparingLong(Point::timestamp));
                return sorted;
            }
        }
        return points;
    }

    /**
     * A rule is new, changed, or gone.
     *
     * @param rule null: removed
     * @param at when it was said
     */
    public void rule(String ruleId, @Nullable Rule rule, long at, long now) {
        Optional<Terms> before = rules.find(ruleId);
        boolean same = rule != null && before.isPresent() && before.get().rule().equals(rule);
        if (same) {
            return;
        }
        Terms after = rule == null || !rule.enabled() ? null : Terms.of(rule);
        ledger.rule(ruleId, after);
        before.ifPresent(terms -> {
            for (Track track : tracks.troubled()) {
                if (track.state(ruleId) instanceof AlertState.Kept kept) {
                    ledger.enterChanged(terms, after, track, kept, machine.ruleChanged(terms, after, kept, at, now));
                }
            }
        });
    }

    public void command(AlertCommand command, long now) {
        int bar = command.alertKey().indexOf('|');
        String ruleId = bar < 0 ? "" : command.alertKey().substring(0, bar);
        for (Track track : tracks.troubled()) {
            if (track.state(ruleId) instanceof AlertState.Kept kept
                    && track.alertKey(ruleId).equals(command.alertKey())) {
                Terms terms = rules.find(ruleId).orElseThrow();
                Step step = machine.command(terms, kept, command, now);
                if (!step.events().isEmpty()) {
                    ledger.enter(terms, track, kept, step);
                    return;
                }
            }
        }
        counts.ignoredCommand();
    }

    /** To be called several times a second. */
    public void tick(long now) {
        watch.tick(now);
    }
}
