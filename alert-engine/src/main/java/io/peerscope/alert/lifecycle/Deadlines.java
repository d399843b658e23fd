package io.peerscope.alert.lifecycle;

import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.rule.Flapping;
import io.peerscope.contracts.rule.NoData;

/**
 * When time alone moves an alert. Event times, epoch milliseconds; {@link #NONE} where it does not.
 *
 * @param reach how far each kind of deadline may be decided now
 */
record Deadlines(Terms terms, Sample last, long staleAfter, Reach reach) {
    static final long NONE = Long.MAX_VALUE;

    /**
     * Up to which event time it is certain that no sample is under way that would decide otherwise.
     *
     * @param hold for limits that are broken
     * @param keep for alerts that only keep firing
     * @param gap for pending alerts without samples
     * @param silence for NO_DATA, which is only said while the silence lasts
     * @param end for alerts that end by silence
     * @param calm for alerts that flap no more
     */
    record Reach(long hold, long keep, long gap, long silence, long end, long calm) {
        /** A sample of this time has come, and samples come in order: all before it is decided, and whether it is a gap. */
        static Reach before(long sampleAt) {
            return new Reach(sampleAt - 1, sampleAt - 1, sampleAt, Long.MIN_VALUE, sampleAt - 1, sampleAt - 1);
        }

        static Reach upTo(long sampleAt) {
            return new Reach(sampleAt, sampleAt, sampleAt, Long.MIN_VALUE, sampleAt, sampleAt - 1);
        }
    }

    /** What happens at a deadline. */
    enum Kind {
        LEVELS,
        GAP,
        SILENCE,
        /** It flaps no more. */
        CALM
    }

    record Due(Kind kind, long at) {}

    /** The first one within reach; at {@link #NONE} if there is none. */
    Due next(AlertState.Open state) {
        Due moves =
                switch (state) {
                    case AlertState.Pending pending -> earlier(levels(pending.levels()), earlier(gap(), silence()));
                    case AlertState.Firing firing -> earlier(levels(firing.levels()), silence());
                    case AlertState.Silent silent -> new Due(Kind.LEVELS, NONE);
                };
        return earlier(moves, calm(state.episode().flaps()));
    }

    /** A rule that watches it no more has said so when it was changed. */
    private Due calm(Flaps known) {
        Flapping rule = terms.rule().flapping();
        boolean flaps = known.flapping() && rule.watched();
        return new Due(Kind.CALM, flaps ? within(known.until(rule), reach.calm()) : NONE);
    }

    /** When this level changes by itself. */
    long of(Level level) {
        return switch (level.phase()) {
            case RISING -> {
                long due = level.since() + terms.duration();
                yield due <= last.at() + last.holdsFor() && due <= reach.hold() ? due : NONE;
            }
            case ON -> NONE;
            case FALLING -> within(level.since() + terms.keepFiringFor(), reach.keep());
        };
    }

    private Due levels(Levels levels) {
        long first = NONE;
        for (Level level : levels.bySeverity().values()) {
            first = Math.min(first, of(level));
        }
        return new Due(Kind.LEVELS, first);
    }

    /** The first millisecond at which a next sample would be too far away. */
    private Due gap() {
        return new Due(Kind.GAP, within(last.at() + Math.max(staleAfter, last.holdsFor()) + 1, reach.gap()));
    }

    private Due silence() {
        long due = last.at() + terms.noDataAfter();
        NoData policy = terms.rule().noData();
        return new Due(
                Kind.SILENCE,
                switch (policy) {
                    case KEEP -> NONE;
                    case RESOLVE -> within(due, reach.end());
                    case ALERT -> within(due, reach.silence());
                });
    }

    private static long within(long due, long reach) {
        return due <= reach ? due : NONE;
    }

    private static Due earlier(Due a, Due b) {
        return b.at() < a.at() ? b : a;
    }
}
