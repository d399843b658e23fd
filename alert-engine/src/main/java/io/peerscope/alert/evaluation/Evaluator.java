package io.peerscope.alert.evaluation;

import io.peerscope.alert.group.Partial;
import io.peerscope.alert.lifecycle.AlertMachine;
import io.peerscope.alert.lifecycle.AlertState;
import io.peerscope.alert.lifecycle.Sample;
import io.peerscope.alert.lifecycle.Step;
import io.peerscope.alert.rule.RuleIndex;
import io.peerscope.alert.rule.RuleSet;
import io.peerscope.alert.rule.Terms;
import io.peerscope.alert.window.Windows;
import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Staleness;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.silence.Silence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges the points of one task by its rules. All it knows is in the heap, so that a sample of a quiet subject costs a
 * look-up and a comparison; what must survive goes to the {@link Outlet} as it changes. Not thread-safe. All times are
 * epoch milliseconds; {@code now} is the wall clock.
 */
public final class Evaluator {
    private static final long LATE = Long.MAX_VALUE;
    /** An alert of which nothing could be said for so long, though samples came, does not go on; milliseconds. */
    private static final long LONGEST_UNJUDGED = 3_600_000;

    private final AlertMachine machine;
    private final EvaluationCounts counts;
    private final long staleAfter;
    private final RuleIndex rules = new RuleIndex();
    private final Silences silences = new Silences();
    private final LiveTime live;
    private final Tracks tracks;
    private final Ledger ledger;
    private final Outlet outlet;
    private final Expected expected;
    private final Watch watch;
    private final Measures measures;
    private final Groups groups;
    /** By field of the point at hand: when it was seen before, or that it brings nothing new. */
    private long[] before = {};

    public Evaluator(EvaluationConfig config, EvaluationCounts counts, Outlet outlet) {
        this.staleAfter = config.staleAfter().toMillis();
        this.live = new LiveTime(config.grace().toMillis());
        this.machine = new AlertMachine(staleAfter, config.maxAlertAge().toMillis(), silences);
        this.counts = counts;
        this.outlet = outlet;
        this.tracks = new Tracks(rules);
        Foresight foresight = new Foresight();
        this.expected = new Expected(foresight, outlet);
        this.measures = new Measures(rules, new Windows(staleAfter), foresight);
        this.ledger = new Ledger(rules, tracks, outlet, counts);
        this.watch = new Watch(config, machine, rules, tracks, ledger, live);
        this.groups = new Groups(config, machine, rules, tracks, ledger, outlet, counts);
    }

    /** Takes up what an earlier evaluation left; before anything else, in this order. */
    public void restore(
            Iterable<Rule> keptRules,
            Iterable<Silence> keptSilences,
            Iterable<SubjectTimes> subjects,
            Map<String, AlertState.Kept> statesByKey,
            Iterable<Partial> partials) {
        keptRules.forEach(rule -> rules.put(Terms.of(rule)));
        keptSilences.forEach(silence -> silences.put(silence.id(), silence));
        subjects.forEach(tracks::restore);
        statesByKey.forEach(ledger::restore);
        groups.restore(partials);
    }

    public void points(PointBatch batch, long now) {
        live.received(batch.receivedAt());
        groups.reach(batch.receivedAt(), live.elapsed(), now);
        for (Point point : inOrder(batch.points())) {
            if (rules.watches(point.subject().kind())) {
                judge(tracks.of(point.subject()), point, batch, now);
            }
        }
    }

    private void judge(Track track, Point point, PointBatch batch, long now) {
        RuleSet set = track.rules(rules);
        groups.hear(set, point, batch.simulated());
        int[] columns = set.columns(point.shape());
        if (before.length < columns.length) {
            before = new long[columns.length];
        }
        boolean news = false;
        for (int i = 0; i < columns.length; i++) {
            before[i] = columns[i] >= 0 ? take(track, set, i, point, columns[i]) : takeWord(track, set, i, point);
            news |= before[i] != LATE;
        }
        if (!news) {
            return;
        }
        track.simulated(batch.simulated());
        for (int i = 0; i < columns.length; i++) {
            if (before[i] != LATE && columns[i] >= 0) {
                judge(track, set.rules(i), point, point.values()[columns[i]], before[i], batch, now);
            } else if (before[i] != LATE) {
                judgeWord(track, set, i, point, before[i], batch, now);
            }
        }
        ledger.keepTimes(track, point.timestamp());
    }

    /** All fields of a point are known before any is judged. @return when the field was seen before, or {@link #LATE} */
    private long take(Track track, RuleSet set, int index, Point point, int column) {
        double value = point.values()[column];
        if (!Double.isFinite(value) && !Staleness.is(value)) {
            return LATE; // no number: says nothing of any limit
        }
        long newest = saw(track, set.slot(index), point);
        if (newest != LATE) {
            remember(track, set, index, point, column);
        }
        return newest;
    }

    private long takeWord(Track track, RuleSet set, int index, Point point) {
        String state = set.state(index);
        return state == null || !point.states().containsKey(state) ? LATE : saw(track, set.slot(index), point);
    }

    private long saw(Track track, int slot, Point point) {
        long newest = track.newest(slot);
        if (point.timestamp() <= newest) {
            counts.late();
            return LATE;
        }
        counts.judged();
        track.saw(
                slot,
                point.timestamp(),
                live.elapsed(),
                rules.slots(point.subject().kind()));
        return newest;
    }

    private static void remember(Track track, RuleSet set, int index, Point point, int column) {
        double value = point.values()[column];
        if (set.span(index) != RuleSet.NO_SPAN && Double.isFinite(value)) {
            track.remember(
                    set.slot(index), point.timestamp(), value, set.type(index, point.shape(), column), set.span(index));
        }
    }

    private void judge(
            Track track, Terms[] judging, Point point, double said, long previous, PointBatch batch, long now) {
        boolean end = Staleness.is(said);
        for (Terms terms : judging) {
            AlertState state = track.state(terms.rule().id());
            if (end) {
                end(terms, track, state, point.timestamp(), now);
                continue;
            }
            judge(
                    terms,
                    track,
                    state,
                    measures.value(terms, track, said, point.timestamp()),
                    point,
                    previous,
                    batch,
                    now);
        }
    }

    private void judgeWord(
            Track track, RuleSet set, int index, Point point, long previous, PointBatch batch, long now) {
        String word = point.states().getOrDefault(Objects.requireNonNull(set.state(index)), "");
        for (Terms terms : set.rules(index)) {
            AlertState state = track.state(terms.rule().id());
            judge(terms, track, state, terms.rank(word), point, previous, batch, now);
        }
    }

    private void judge(
            Terms terms,
            Track track,
            AlertState state,
            double value,
            Point point,
            long previous,
            PointBatch batch,
            long now) {
        if (state instanceof AlertState.Kept ? !Double.isNaN(value) : terms.breaksAny(value)) {
            Sample sample = Sample.of(point.timestamp(), batch.receivedAt(), value, previous, staleAfter)
                    .with(measures.finding(terms, track, point.timestamp()));
            Step step = machine.sample(terms, track.subject(), state, sample, batch.simulated(), now);
            ledger.enter(terms, track, state, step);
        } else if (state instanceof AlertState.Open open
                && terms.rule().measure() instanceof Measure.Detect
                && point.timestamp() - open.last().at() >= LONGEST_UNJUDGED) {
            ledger.enter(terms, track, open, machine.unjudged(terms, open, point.timestamp(), now));
        }
    }

    private void end(Terms terms, Track track, AlertState state, long at, long now) {
        if (state instanceof AlertState.Kept kept) {
            Step step = machine.end(terms, kept, at, now);
            if (step.state() != kept) {
                ledger.enter(terms, track, kept, step);
            }
        }
    }

    /** How far back rules look; milliseconds. After a restart, {@link #remember} wants the points of that time. */
    public long longestSpan() {
        return Math.max(rules.longestSpan(), groups.span());
    }

    /** Takes up points that an earlier evaluation judged: they fill windows and change nothing else. In their order. */
    public void remember(PointBatch batch) {
        for (Point point : inOrder(batch.points())) {
            if (!rules.watches(point.subject().kind())) {
                continue;
            }
            Track track = tracks.of(point.subject());
            RuleSet set = track.rules(rules);
            groups.remember(set, point, batch.simulated());
            int[] columns = set.columns(point.shape());
            for (int i = 0; i < columns.length; i++) {
                if (columns[i] >= 0 && point.timestamp() > track.remembered(set.slot(i))) {
                    remember(track, set, i, point, columns[i]);
                }
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
        expected.rule(ruleId, after);
        groups.rule(ruleId, after, at);
        before.ifPresent(terms -> {
            for (Track track : tracks.troubled()) {
                if (track.state(ruleId) instanceof AlertState.Kept kept) {
                    ledger.enterChanged(terms, after, track, kept, machine.ruleChanged(terms, after, kept, at, now));
                }
            }
        });
    }

    /** @param silence null: removed */
    public void silence(String id, @Nullable Silence silence, long now) {
        outlet.silence(id, silence);
        silences.put(id, silence);
        tellSilences(now);
    }

    private void tellSilences(long now) {
        if (!silences.turned(now)) {
            return;
        }
        for (Track track : tracks.troubled()) {
            track.states().forEach((ruleId, kept) -> {
                Terms terms = rules.find(ruleId).orElseThrow();
                Step step = machine.silencesTurned(terms, kept, now);
                if (!step.events().isEmpty()) {
                    ledger.enter(terms, track, kept, step);
                }
            });
        }
    }

    /** Takes up an expectation that an earlier evaluation kept. */
    public void restore(Expectation kept) {
        expected.restore(kept);
    }

    /** What a series is expected to be has become known. */
    public void expectation(Expectation expectation, long now) {
        expected.said(expectation, now);
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

    /**
     * To be called several times a second.
     *
     * @param read everything received until then is known to be judged; 0 where that is not known
     */
    public void tick(long now, long read) {
        live.tick(now, read);
        groups.tick(live.settled(now), live.elapsed(), now);
        watch.tick(now);
        tellSilences(now);
        expected.tick(now);
    }

    /** What a task has counted: this one or another. */
    public void partial(Partial partial, long now) {
        groups.add(partial, live.elapsed(), now);
    }
}
