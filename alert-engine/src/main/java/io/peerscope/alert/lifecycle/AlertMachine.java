package io.peerscope.alert.lifecycle;

import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.point.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of an alert. Pure: state and input in, state and events out; all time comes in.
 *
 * <p>What holds, all in corrected event time:
 *
 * <ul>
 *   <li>A severity fires once its limit was broken for the rule's duration (equality counts); {@code firedAt} is exactly
 *       {@code startedAt + duration}, whether a sample or the passing of time shows it. The alert bears the worst severity
 *       that fires and changes it within one episode; a worse one must hold for the duration too ({@link Levels}).
 *   <li>A sample that breaks no limit ends a pending alert at once. A firing severity ends at its recovery limit, after
 *       {@code keep_firing_for}.
 *   <li>A sample stands for its condition until the next one, for a limited time ({@link Sample#holdsFor}). Samples
 *       further apart than {@code staleAfter} prove nothing about the time between: a pending alert is dropped and begins
 *       anew; a firing one stays.
 *   <li>A field that is said to have ended is no silence: nothing holds any more.
 *   <li>Samples that are not newer than the last one change nothing, so neither replays nor late points move an alert.
 *       (Of a quiet subject nothing is kept: there the caller sees to it.)
 *   <li>What became true longer ago than {@code maxAlertAge} is not told, until a recent sample shows that it still is.
 *       The end of an alert that was told is always told.
 * </ul>
 */
public final class AlertMachine {
    private final long staleAfter;
    private final long maxAlertAge;
    private final Silencing silencing;

    /** @param maxAlertAge older than this nothing is news; both milliseconds */
    public AlertMachine(long staleAfter, long maxAlertAge, Silencing silencing) {
        this.staleAfter = staleAfter;
        this.maxAlertAge = maxAlertAge;
        this.silencing = silencing;
    }

    public Step sample(Terms terms, Subject subject, AlertState state, Sample sample, boolean simulated, long now) {
        Telling telling = telling(terms, now);
        AlertState after = sample(new Course(terms, staleAfter, telling), subject, state, sample, simulated);
        return new Step(after, telling.events());
    }

    private AlertState sample(Course course, Subject subject, AlertState state, Sample sample, boolean simulated) {
        return switch (state) {
            case AlertState.Quiet quiet -> course.begin(quiet, subject, sample, simulated);
            case AlertState.Kept kept when sample.at() <= kept.last().at() -> kept;
            case AlertState.Resting resting -> course.begin(resting, subject, sample, simulated);
            case AlertState.Muted muted ->
                stillMuted(course.terms(), muted, sample)
                        ? new AlertState.Muted(
                                calm(course, muted, Deadlines.Reach.before(sample.at()))
                                        .episode(),
                                sample)
                        : course.begin(Course.rest(muted.episode(), muted.last()), subject, sample, simulated);
            case AlertState.Silent silent -> course.dataReturn(silent, subject, sample, simulated);
            case AlertState.Open open -> {
                AlertState before = course.advance(open, Deadlines.Reach.before(sample.at()));
                yield before instanceof AlertState.Open still
                        ? course.judge(still, sample, null)
                        : course.begin(before, subject, sample, simulated);
            }
        };
    }

    private static AlertState.Kept calm(Course course, AlertState.Muted muted, Deadlines.Reach reach) {
        return course.calm(muted, reach) instanceof AlertState.Kept calm ? calm : muted;
    }

    /**
     * Time has passed without a sample.
     *
     * @param until event time up to which samples should have arrived
     * @param silentFor for how long this process, while not behind, has seen no sample of the subject; milliseconds
     * @return the very same state if nothing is due
     */
    public Step tick(Terms terms, AlertState.Kept state, long until, long silentFor, long now) {
        Deadlines.Reach reach = reach(terms, state.last(), until, silentFor, now);
        if (state instanceof AlertState.Open open
                && new Deadlines(terms, open.last(), staleAfter, reach)
                                .next(open)
                                .at()
                        == Deadlines.NONE) {
            return new Step(state, List.of());
        }
        Telling telling = telling(terms, now);
        Course course = new Course(terms, staleAfter, telling);
        AlertState after =
                state instanceof AlertState.Open open ? course.advance(open, reach) : course.calm(state, reach);
        return new Step(after, telling.events());
    }

    /**
     * The field has ended: its last sample no longer stands for its condition, and no other will follow for now. Unless
     * the rule calls missing data an alert, this is the end of the alert, after {@code keep_firing_for}.
     *
     * @param at event time of the end, after the last sample
     */
    public Step end(Terms terms, AlertState.Kept state, long at, long now) {
        Telling telling = telling(terms, now);
        AlertState after = state instanceof AlertState.Open open
                ? new Course(terms, staleAfter, telling).dataEnd(open, at)
                : state;
        return new Step(after, telling.events());
    }

    /**
     * Samples have come, and for long there was nothing to hold them against: the alert ends, whatever the rule makes of
     * missing data.
     *
     * @param at event time of the newest of them
     */
    public Step unjudged(Terms terms, AlertState.Open state, long at, long now) {
        Telling telling = telling(terms, now);
        Course course = new Course(terms, staleAfter, telling);
        AlertState after = course.advance(state, Deadlines.Reach.before(at));
        return new Step(
                after instanceof AlertState.Open open ? course.end(open, at, Reason.NOTHING_EXPECTED) : after,
                telling.events());
    }

    private Deadlines.Reach reach(Terms terms, Sample last, long until, long silentFor, long now) {
        boolean recent = now - last.receivedAt() <= last.holdsFor();
        boolean settled = recent || silentFor >= last.holdsFor();
        long silence = silentFor >= terms.noDataAfter() ? until : Long.MIN_VALUE;
        return new Deadlines.Reach(
                recent ? until : Long.MIN_VALUE,
                settled ? until : Long.MIN_VALUE,
                silentFor >= staleAfter ? until : Long.MIN_VALUE,
                silence,
                silence,
                settled ? until : Long.MIN_VALUE);
    }

    /** A subject of which nothing was on sends nothing any more, and its rule calls that an alert. */
    public Step silence(Terms terms, AlertState before, Subject subject, long lastAt, boolean simulated, long now) {
        Telling telling = telling(terms, now);
        return new Step(
                new Course(terms, staleAfter, telling).silence(before, subject, lastAt, simulated, now),
                telling.events());
    }

    /**
     * @param at event time of the change
     * @param after the rule as it is now; null: removed or disabled
     */
    public Step ruleChanged(Terms before, @Nullable Terms after, AlertState.Kept state, long at, long now) {
        Telling telling = telling(before, now);
        AlertState next = new RuleChange(staleAfter, telling).apply(before, after, state, at);
        return new Step(next, telling.events());
    }

    /** What a person wants; a wish that changes nothing gives the same state and no events. */
    public Step command(Terms terms, AlertState.Kept state, AlertCommand command, long now) {
        Telling telling = telling(terms, now);
        if (!state.episode().id().equals(command.alertId())) {
            return new Step(state, List.of());
        }
        HumanAct act = new HumanAct(telling);
        AlertState after =
                switch (state) {
                    case AlertState.Open open -> act.apply(open, command);
                    case AlertState.Muted muted
                    when command.action() == AlertCommand.Action.OPEN -> act.reopen(terms, muted, command);
                    case AlertState.Muted muted -> muted;
                    case AlertState.Resting resting -> resting;
                };
        return new Step(after, telling.events());
    }

    /** Other silences hold than before. One that begins or ends changes what is said of the alert, and nothing else. */
    public Step silencesTurned(Terms terms, AlertState.Kept state, long now) {
        Telling telling = telling(terms, now);
        AlertState after = state instanceof AlertState.Open open ? telling.silences(open) : state;
        return new Step(after, telling.events());
    }

    private boolean stillMuted(Terms terms, AlertState.Muted muted, Sample sample) {
        return terms.breaksAny(sample.value()) && sample.at() - muted.last().at() <= staleAfter;
    }

    private Telling telling(Terms terms, long now) {
        return new Telling(terms, now - maxAlertAge, now, silencing);
    }
}
