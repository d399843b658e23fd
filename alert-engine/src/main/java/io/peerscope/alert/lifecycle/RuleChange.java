package io.peerscope.alert.lifecycle;

import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.alert.Severity;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a changed or removed rule makes of an alert that is under way. Still breaching by its newest value, a pending one
 * goes on from where each severity began, and a firing one goes on firing. Otherwise, and when the rule looks elsewhere
 * now, it ends. No alert outlives its rule.
 *
 * @param telling in terms of the rule under which the alert was raised: so an end that the change brings is told
 */
record RuleChange(long staleAfter, Telling telling) {

    AlertState apply(Terms before, @Nullable Terms after, AlertState.Kept state, long at) {
        if (after == null) {
            return close(state, at, Reason.RULE_REMOVED);
        }
        if (!after.rule().measure().equals(before.rule().measure())
                || !after.covers(state.episode().subject().on(state.episode().host()))) {
            return close(state, at, Reason.RULE_CHANGED);
        }
        AlertState next = go(before, after, state, at);
        return after.rule().flapping().watched() ? next : unwatched(after, next, at);
    }

    private AlertState go(Terms before, Terms after, AlertState.Kept state, long at) {
        return switch (state) {
            case AlertState.Muted muted -> muted;
            case AlertState.Resting resting -> resting;
            case AlertState.Silent silent ->
                switch (after.rule().noData()) {
                    case ALERT ->
                        new AlertState.Silent(silent.episode(), stillFiring(silent.levels(), after), silent.last());
                    case KEEP -> asBeforeTheSilence(before, after, silent, at);
                    case RESOLVE -> end(silent, at, Reason.RULE_CHANGED);
                };
            case AlertState.Pending pending -> {
                Levels levels = rising(pending.levels(), after, pending.last());
                yield levels.isEmpty()
                        ? end(pending, at, Reason.RULE_CHANGED)
                        : goOn(new AlertState.Pending(pending.episode(), levels, pending.last()), after, at);
            }
            case AlertState.Firing firing -> {
                Levels levels = firing(firing, after, before);
                yield levels.isEmpty()
                        ? end(firing, at, Reason.RULE_CHANGED)
                        : goOn(new AlertState.Firing(firing.episode(), levels, firing.last()), after, at);
            }
        };
    }

    /** Silence alone is no trouble any more; what fired when it began may be. */
    private AlertState asBeforeTheSilence(Terms before, Terms after, AlertState.Silent silent, long at) {
        AlertState.Firing fired = new AlertState.Firing(silent.episode(), silent.levels(), silent.last());
        return silent.levels().isEmpty() ? end(silent, at, Reason.RULE_CHANGED) : go(before, after, fired, at);
    }

    private AlertState goOn(AlertState.Open open, Terms after, long at) {
        Telling anew = telling.inTermsOf(after);
        AlertState moved = new Course(after, staleAfter, anew)
                .advance(open, Deadlines.Reach.upTo(open.last().at()));
        return moved instanceof AlertState.Open still ? anew.news(still, at, Reason.RULE_CHANGED) : moved;
    }

    private AlertState unwatched(Terms after, AlertState next, long at) {
        if (!(next instanceof AlertState.Kept kept) || !kept.episode().flaps().flapping()) {
            return next;
        }
        Episode steady = telling.inTermsOf(after).steady(kept, at, Reason.RULE_CHANGED);
        return switch (kept) {
            case AlertState.Open open -> open.with(steady);
            case AlertState.Muted muted -> new AlertState.Muted(steady, muted.last());
            case AlertState.Resting resting -> AlertState.Quiet.QUIET;
        };
    }

    private AlertState end(AlertState.Open open, long at, Reason reason) {
        return Course.rest(telling.end(open, at, reason), open.last());
    }

    /** No sample will be judged here any more. */
    private AlertState close(AlertState.Kept state, long at, Reason reason) {
        Episode ended = state instanceof AlertState.Open open ? telling.end(open, at, reason) : state.episode();
        if (ended.flaps().flapping()) {
            telling.steady(new AlertState.Resting(ended, state.last()), at, reason);
        }
        return AlertState.Quiet.QUIET;
    }

    private static Levels rising(Levels before, Terms after, Sample last) {
        Map<Severity, Level> levels = new EnumMap<>(Severity.class);
        for (Severity severity : after.severities()) {
            if (after.breaks(severity, last.value())) {
                Level known = before.of(severity);
                levels.put(severity, known == null ? Level.rising(last.at()) : known);
            }
        }
        return new Levels(levels);
    }

    /** What people have been told is severe enough stays so; only worse than that must be held first. */
    private static Levels firing(AlertState.Firing firing, Terms after, Terms before) {
        Severity known = firing.levels().worst(before.mildest());
        Map<Severity, Level> levels = new EnumMap<>(Severity.class);
        boolean fires = false;
        for (Severity severity : after.severities()) {
            Level level = firing.levels().of(severity);
            boolean broken = after.breaks(severity, firing.last().value());
            if (level != null
                    && level.phase() == Level.Phase.ON
                    && !after.clears(severity, firing.last().value())) {
                levels.put(severity, level);
            } else if (level != null && level.phase() == Level.Phase.FALLING && !broken) {
                levels.put(severity, level);
            } else if (broken && (known.atLeast(severity) || !fires)) {
                levels.put(severity, Level.on(firing.last().at()));
            } else if (broken) {
                levels.put(severity, level == null ? Level.rising(firing.last().at()) : level);
            }
            fires = levels.values().stream().anyMatch(Level::fires);
        }
        return new Levels(levels);
    }

    private static Levels stillFiring(Levels before, Terms after) {
        if (before.isEmpty()) {
            return before;
        }
        Map<Severity, Level> levels = new EnumMap<>(Severity.class);
        before.bySeverity().forEach((severity, level) -> {
            if (after.limit(severity) != null) {
                levels.put(severity, level);
            }
        });
        if (levels.isEmpty()) {
            levels.put(after.mildest(), before.bySeverity().values().iterator().next());
        }
        return new Levels(levels);
    }
}
